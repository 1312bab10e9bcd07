/**
 * Tables of parameters: of each its default and what it can be, above it in the code its words. Types, checks, defaults, the
 * space of a search and the options of the command come out of the one table.
 */

/**
 * What a parameter is by default, and what it can be: a number in a range, one of some choices, or a list of names or
 * of rising numbers.
 */
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
