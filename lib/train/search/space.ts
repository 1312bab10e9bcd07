/** What a search may choose from: for each parameter a list, or a range. */
import { completeParams, type Params } from "../../network/params";

/** Numbers from `from` up to, and with, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
  /** Whether small and large ones are as likely by their orders of magnitude, as for learning rates; false. */
  readonly log?: boolean;
  /** From one number to the next; 1 where the parameter takes whole numbers; else all are allowed. */
  readonly step?: number;
}

export type Choice = string | number | boolean;

/** @example { neurons: { from: 32, to: 256, step: 32 }, layers: [1, 2, 3], learningRate: { from: 1e-3, to: 3e-2, log: true } } */
export type Space = { readonly [Name in keyof Params]?: readonly Choice[] | Range };

/** An entry of a space as the engine takes it. */
export type EngineEntry = { readonly choices: readonly Choice[] } | (Range & { readonly whole: boolean });

/**
 * The space as the engine takes it.
 *
 * @param fixed the params that are the same for all trials
 * @throws where a parameter is unknown, a value or an end of a range is none that it takes, or a parameter is fixed as well
 */
export function engineSpace(space: Space, fixed: Partial<Params> = {}): Record<string, EngineEntry> {
  const entries = Object.entries(space) as [keyof Params, readonly Choice[] | Range][];
  if (entries.length === 0)
    throw new Error("Expected a space with something to choose, got {}: { layers: [1, 2] }");
  return Object.fromEntries(
    entries.map(([name, entry]) => {
      if (name in fixed)
        throw new Error(`Expected \`${name}\` in the space or in \`params\`, got it in both`);
      const values: readonly Choice[] = isRange(entry) ? [entry.from, entry.to] : entry;
      for (const value of values) check(name, value, fixed);
      return [name, isRange(entry) ? rangeEntry(name, entry) : choicesEntry(name, entry)];
    }),
  );
}

function isRange(entry: readonly Choice[] | Range): entry is Range {
  return !Array.isArray(entry);
}

function choicesEntry(name: string, choices: readonly Choice[]): EngineEntry {
  if (choices.length === 0) throw new Error(`Expected choices for \`${name}\`, got []`);
  return { choices };
}

function rangeEntry(name: keyof Params, range: Range): EngineEntry {
  const { from, to, log = false, step } = range;
  if (!(from <= to)) throw new Error(`Expected \`${name}\` from less to more, got ${from} to ${to}`);
  if (log && step !== undefined)
    throw new Error(`Expected \`log\` or \`step\` for \`${name}\`, got both: a list has any steps`);
  if (log && !(from > 0)) throw new Error(`Expected \`${name}\` from above 0 with \`log\`, got ${from}`);
  if (step !== undefined && !(step > 0))
    throw new Error(`Expected \`step\` > 0 for \`${name}\`, got ${step}`);
  const whole = takesWholeNumbers(name);
  if (whole && step !== undefined && !Number.isInteger(step))
    throw new Error(`Expected \`step\` for \`${name}\` to be a whole number, got ${step}`);
  return { from, to, log, ...(step === undefined ? {} : { step }), whole };
}

/** What `completeParams` says against a parameter's value by itself; what it says of others, the trials will tell. */
function problem(name: keyof Params, value: Choice, fixed: Partial<Params>): string {
  try {
    completeParams({ ...fixed, [name]: value });
    return "";
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.startsWith(`Expected \`${name}\``) || message.startsWith("Unknown") ? message : "";
  }
}

function check(name: keyof Params, value: Choice, fixed: Partial<Params>): void {
  const message = problem(name, value, fixed);
  if (message) throw new Error(message);
}

function takesWholeNumbers(name: keyof Params): boolean {
  return problem(name, 1.5, {}).includes("whole number");
}
