/**
 * Tables of parameters: of each its default and what it can be, above it in the code its words. Types, checks, defaults, the
 * space of a search and the options of the command come out of the one table.
 */
import { nearest } from "./nearest";
import { OptionError } from "./option-error";

/** What a parameter is by default, and what it can be: a number in a range, one of some choices, or a list of names or of rising numbers. */
export type Parameter =
  | { readonly default: number; readonly whole: Range }
  | { readonly default: number; readonly between: Range }
  | { readonly default: string | boolean; readonly choices: readonly (string | boolean)[] }
  | { readonly default: readonly string[]; readonly names: true }
  | { readonly default: readonly number[]; readonly rising: Range };

/** From the least to the most, both of them allowed. */
type Range = readonly [least: number, most: number];

export type ParameterTable = Readonly<Record<string, Parameter>>;

/** The type of what a table's parameters are set to. */
export type ValuesOf<Table extends ParameterTable> = {
  -readonly [Name in keyof Table]: ValueOf<Table[Name]>;
};

type ValueOf<One extends Parameter> = One extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : One extends { readonly names: true }
    ? readonly string[]
    : One extends { readonly rising: Range }
      ? readonly number[]
      : number;

/** @example defaultsOf({ neurons: { default: 128, whole: [1, 8192] } }) // { neurons: 128 } */
export function defaultsOf<Table extends ParameterTable>(table: Table): ValuesOf<Table> {
  const entries = Object.entries(table).map(([name, parameter]) => [name, parameter.default]);
  return Object.fromEntries(entries) as ValuesOf<Table>;
}

/**
 * Checks each value of a table by itself.
 *
 * @throws OptionError of the first that cannot be
 */
export function checkEach<Table extends ParameterTable>(table: Table, values: ValuesOf<Table>): void {
  for (const [name, parameter] of Object.entries(table)) check(name, parameter, values[name]);
}

/**
 * @param known the names that there are
 * @param of what an option is one of, as the end of "Unknown option `x`"
 * @throws where a name is none of these, as a misspelt one, with those that are and the one that was meant
 */
export function checkNames(
  known: readonly string[],
  names: readonly string[],
  { kind = "option", of = "" } = {},
): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  const hint = meant === undefined ? "" : `. Did you mean \`${meant}\`?`;
  throw new Error(`Unknown ${kind} \`${unknown}\`${of}; there are ${known.join(", ")}${hint}`);
}

function check(name: string, parameter: Parameter, value: unknown): void {
  if ("names" in parameter) {
    const apart = Array.isArray(value) && new Set(value).size === value.length;
    if (!apart || !value.every((one) => typeof one === "string" && one !== ""))
      throw new OptionError(name, "to be a list of different names", JSON.stringify(value));
    return;
  }
  if ("rising" in parameter) {
    const [least, most] = parameter.rising;
    const rises = (one: unknown, index: number, all: readonly number[]) =>
      Number.isInteger(one) && all[index] >= least && all[index] <= most && !(all[index] <= all[index - 1]);
    if (!Array.isArray(value) || !value.every(rises))
      throw new OptionError(
        name,
        `to be a list of whole numbers between ${least} and ${most}, each larger than the one before`,
        JSON.stringify(value),
      );
    return;
  }
  if ("choices" in parameter) {
    if (!(parameter.choices as readonly unknown[]).includes(value))
      throw new OptionError(name, `to be one of ${parameter.choices.join(", ")}`, value);
    return;
  }
  const isWhole = "whole" in parameter;
  if (isWhole && !Number.isInteger(value)) throw new OptionError(name, "to be a whole number", value);
  const [least, most] = isWhole ? parameter.whole : parameter.between;
  if (typeof value !== "number" || !(value >= least && value <= most))
    throw new OptionError(name, `between ${least} and ${most}`, value);
}

/**
 * A line for each of some parameters in which two sets differ.
 *
 * @example differences({ ...a, neurons: 64 }, a, ["neurons"]) // ["`neurons` is 64 here and 128 there"]
 */
export function differences<Values extends object>(
  here: Values,
  there: Values,
  names: readonly (keyof Values & string)[],
): string[] {
  const told = (value: unknown) => (Array.isArray(value) ? value.join(", ") || "none" : String(value));
  return names
    .filter((name) => told(here[name]) !== told(there[name]))
    .map((name) => `\`${name}\` is ${told(here[name])} here and ${told(there[name])} there`);
}
