/** Options of a command out of lib's docstrings: name in kebab case, what kind of value, and the help. */
import { InvalidArgumentError, Option, type Command } from "commander";
import { described, type Described } from "./docstrings";

/** Iterations, or the epochs of what is read. */
export type Every = number | { readonly epochs: number };

export interface OptionsFrom {
  /** Of these properties alone; all. */
  readonly only?: readonly string[];
  /** Not of these. */
  readonly without?: readonly string[];
}

/**
 * An option for each property of an interface of lib. What is not given on the command line is left to lib, which has
 * the defaults.
 *
 * @param file from the project's root
 * @param interfaceName e.g. "Params"
 * @throws where a property is of a kind that no option can give
 */
export function addOptionsFrom(
  command: Command,
  [file, interfaceName]: readonly [file: string, interfaceName: string],
  { only, without = [] }: OptionsFrom = {},
): Command {
  const wanted = described(file, interfaceName).filter(
    ({ name }) => (only?.includes(name) ?? true) && !without.includes(name),
  );
  const named = new Set([...wanted, ...described("lib/train/params.ts", "Params")].map(({ name }) => name));
  for (const option of wanted.flatMap((one) => optionsOf(one, named))) command.addOption(option);
  return command;
}

/** @example kebab("learningRate") // "learning-rate" */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What was given for the properties of an interface, and nothing else. */
export function givenFor(
  options: Readonly<Record<string, unknown>>,
  [file, interfaceName]: readonly [file: string, interfaceName: string],
): Record<string, unknown> {
  const names = described(file, interfaceName).map(({ name }) => name);
  return Object.fromEntries(
    names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
}

/**
 * The help of one property, e.g. to give it another kind of value than `addOptionsFrom` would.
 *
 * @throws where there is no such property
 */
export function helpFrom(
  [file, interfaceName]: readonly [file: string, interfaceName: string],
  name: string,
): string {
  const found = described(file, interfaceName).find((one) => one.name === name);
  if (!found) throw new Error(`Expected a property ${name} of ${interfaceName} in ${file}, found none`);
  return helpOf(found, new Set());
}

/** A docstring in the manner of a help: no capital, no full stop, nothing to look up in the code, options by their names. */
function helpOf({ text }: Described, named: ReadonlySet<string>): string {
  return text
    .replace(/[,:;] see `[^`]+`/g, "")
    .replace(/`(?:\w+\.)?(\w+)`/g, (_, name: string) => (named.has(name) ? `--${kebab(name)}` : name))
    .replace(/\.$/, "")
    .replace(/^\p{Lu}(?!\p{Lu})/u, (letter) => letter.toLowerCase());
}

/** @param named properties that are options as well, by whose names the help calls them */
function optionsOf(property: Described, named: ReadonlySet<string>): Option[] {
  const { name, type } = property;
  const flag = `--${kebab(name)}`;
  const help = helpOf(property, named);
  const choices = /^"[^"]*"( \| "[^"]*")*$/.test(type) ? type.match(/(?<=")[^"|]+(?=")/g) : null;
  if (choices) return [new Option(`${flag} <name>`, help).choices(choices)];
  if (name.endsWith("Every"))
    return [new Option(`${flag} <iterations>`, `${help}; 1epoch, 5epochs …`).argParser(every)];
  switch (type) {
    case "number":
      return [new Option(`${flag} <number>`, help).argParser(number)];
    case "boolean":
      return yesAndNo(name, help);
    case "string":
      return [new Option(`${flag} <text>`, help).argParser(unescaped)];
    case "number[]":
      return [
        new Option(`${flag} <numbers>`, help).argParser((value: string) => value.split(",").map(number)),
      ];
    case "number | number[]":
      return [new Option(`${flag} <numbers>`, help).argParser(numbers)];
    case "string[]":
      return [new Option(`${flag} <text>`, `${help}; may be given several times`).argParser(collected)];
    case "Readonly<Record<string, string>>":
      return [new Option(`${flag} <name=value>`, `${help}; may be given several times`).argParser(assigned)];
    default:
      throw new Error(`Expected a kind of value that a command line can give for ${name}, got ${type}`);
  }
}

/** Both ways to set a flag, of which the help shows the one that changes something. */
function yesAndNo(name: string, help: string): Option[] {
  const [yes, no] = [`--${kebab(name)}`, `--no-${kebab(name)}`];
  return /\(default: true\)/.test(help)
    ? [new Option(yes).hideHelp(), new Option(no, help)]
    : [new Option(yes, help), new Option(no).hideHelp()];
}

/** @example number("1e-3") // 0.001 */
export function number(value: string): number {
  if (value.trim() === "" || Number.isNaN(Number(value)))
    throw new InvalidArgumentError("Expected a number.");
  return Number(value);
}

/** @example numbers("0.2,0.5,1") // [0.2, 0.5, 1] */
export function numbers(value: string): number | number[] {
  const all = value.split(",").map(number);
  return all.length === 1 ? all[0] : all;
}

/** @example every("5epochs") // { epochs: 5 } */
export function every(value: string): Every {
  const epochs = /^(.+?)\s*epochs?$/.exec(value)?.[1];
  return epochs === undefined ? number(value) : { epochs: number(epochs) };
}

/**
 * A text as one types it in a shell: `\n` is a line break, and so is `\r\n`; `\t` a tab, `\\` a backslash.
 *
 * @example unescaped("CHAPTER I\\n\\n") // "CHAPTER I", and two line breaks
 */
export function unescaped(value: string): string {
  return value.replace(/\\(r\\n|[nt\\])/g, (_, sign: string) =>
    sign.endsWith("n") ? "\n" : sign === "t" ? "\t" : "\\",
  );
}

/** One more text of an option that is given several times. */
export function collected(value: string, before: readonly string[] = []): string[] {
  return [...before, unescaped(value)];
}

function assigned(value: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, text] = /^([^=]+)=([\s\S]*)$/.exec(value) ?? [];
  if (name === undefined) throw new InvalidArgumentError("Expected a name and a value, as author=Bashō.");
  return { ...before, [name]: text };
}
