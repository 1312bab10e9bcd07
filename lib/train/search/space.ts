/** What a search may choose from: for each parameter a list, or a range. */
import { OptionError } from "../../base/option-error";
import { checkNames } from "../../base/known-names";
import { completeParams, paramsTable, type Params } from "../params";

/** Numbers from `from` up to, and with, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
  /** Whether small and large ones are as likely by their orders of magnitude, as for learning rates (default: false). */
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
 * @throws where a parameter is unknown, a value or an end of a range is none that it takes, a step does not lead from one end
 *   to the other, or a parameter is fixed as well
 */
export function engineSpace(space: Space, fixed: Partial<Params> = {}): Record<string, EngineEntry> {
  const entries = Object.entries(space) as [keyof Params, unknown][];
  if (entries.length === 0)
    throw new Error("Expected a space with something to choose, got {}: { layers: [1, 2] }");
  for (const [name, value] of Object.entries(fixed) as [keyof Params, unknown][]) check(name, value, fixed);
  return Object.fromEntries(
    entries.map(([name, entry]) => {
      known(name);
      if (Object.hasOwn(fixed, name))
        throw new OptionError(name, "in the space or in `params`", "it in both");
      if (Array.isArray(entry)) return [name, choicesEntry(name, entry, fixed)];
      if (typeof entry === "object" && entry !== null) return [name, rangeEntry(name, entry, fixed)];
      throw new Error(
        `Expected choices or a range for \`${name}\`, got ${String(entry)}: [1, 2] or { from: 1, to: 2 }`,
      );
    }),
  );
}

export function isRange(entry: readonly Choice[] | Range): entry is Range {
  return !Array.isArray(entry);
}

function choicesEntry(name: keyof Params, choices: readonly unknown[], fixed: Partial<Params>): EngineEntry {
  if (choices.length === 0) throw new Error(`Expected choices for \`${name}\`, got []`);
  for (const choice of choices) {
    if (!["string", "number", "boolean"].includes(typeof choice))
      throw new Error(
        `Expected choices for \`${name}\` that are numbers, words, true or false, got ${JSON.stringify(choice)}`,
      );
    check(name, choice, fixed);
  }
  if (new Set(choices).size < choices.length)
    throw new Error(`Expected each choice for \`${name}\` once, got ${choices.join(", ")}`);
  return { choices: choices as Choice[] };
}

const rangeKeys = ["from", "to", "log", "step"];

function rangeEntry(name: keyof Params, range: object, fixed: Partial<Params>): EngineEntry {
  const other = Object.keys(range).find((key) => !rangeKeys.includes(key));
  if (other !== undefined)
    throw new Error(`Expected ${rangeKeys.join(", ")} of the range of \`${name}\`, got ${other}`);
  const { from, to, log = false, step } = range as Range;
  for (const end of [from, to]) {
    if (typeof end !== "number" || Number.isNaN(end))
      throw new Error(`Expected numbers at both ends of the range of \`${name}\`, got ${end}`);
    check(name, end, fixed);
  }
  if (from > to) throw new OptionError(name, "from the smaller to the larger number", `${from} to ${to}`);
  if (typeof log !== "boolean")
    throw new Error(`Expected \`log\` of true or false for \`${name}\`, got ${log}`);
  if (log && step !== undefined)
    throw new Error(`Expected \`log\` or \`step\` for \`${name}\`, got both: a list has any steps`);
  if (log && !(from > 0)) throw new OptionError(name, "from above 0 with `log`", from);
  const whole = "whole" in paramsTable[name];
  if (step === undefined) return { from, to, log, whole };
  if (!(Number.isFinite(step) && step > 0))
    throw new Error(`Expected \`step\` > 0 for \`${name}\`, got ${step}`);
  if (whole && !Number.isInteger(step))
    throw new Error(`Expected \`step\` for \`${name}\` to be a whole number, got ${step}`);
  return { from, to: lastOf(name, { from, to, step }), log, step, whole };
}

/**
 * The end of a range as its steps reach it: Optuna counts in decimals, and would take 0.1 + 2 × 0.1, which is
 * 0.30000000000000004 here, for beyond 0.3.
 *
 * @throws where they miss it
 */
function lastOf(name: string, { from, to, step }: Required<Omit<Range, "log">>): number {
  const steps = (to - from) / step;
  const at = (count: number) => Number((from + count * step).toPrecision(12));
  const nearest = Math.round(steps);
  if (Math.abs(steps - nearest) < 1e-9 * Math.max(1, nearest)) return at(nearest);
  const [below, above] = [at(Math.floor(steps)), at(Math.ceil(steps))];
  throw new OptionError(name, `to ${below} or ${above}, which steps of ${step} from ${from} reach`, to);
}

function known(name: string): void {
  checkNames(Object.keys(paramsTable), [name], { kind: "parameter" });
}

/**
 * Checks a value by itself and beside what is fixed; what is wrong with others, the trials will tell. How many layers may be
 * frozen depends on how many there are, which the space may tell.
 */
function check(name: keyof Params, value: unknown, fixed: Partial<Params>): void {
  known(name);
  try {
    completeParams({ layers: 16, ...fixed, [name]: value });
  } catch (error) {
    if (error instanceof OptionError && error.option === name) throw error;
  }
}
