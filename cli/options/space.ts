/** The space of a search as a command line gives it: a parameter and its values. */
import { InvalidArgumentError } from "commander";
import { type Choice } from "../../lib/train/search/space";
import { number } from "./options";
import type { Range, Space } from "../../lib/train";

/**
 * One more parameter of a space, by its name in kebab case, with the values that it may have or with the range that they
 * lie in.
 *
 * @example entry("neurons=64,128") // { neurons: [64, 128] }
 * @example entry("neurons=32..256:32") // { neurons: { from: 32, to: 256, step: 32 } }
 * @example entry("learning-rate=1e-3..3e-2:log") // { learningRate: { from: 1e-3, to: 3e-2, log: true } }
 */
export function entry(value: string, before: Space = {}): Space {
  const [, name, values] = /^([a-z][a-zA-Z-]*)=(.+)$/.exec(value) ?? [];
  if (name === undefined)
    throw new InvalidArgumentError("Expected a parameter and its values, as neurons=64,128.");
  const camel = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (Object.hasOwn(before, camel))
    throw new InvalidArgumentError(`Expected ${name} once, got it again: ${name}=1,2 has several values.`);
  return { ...before, [camel]: rangeOf(values) ?? values.split(",").map(choice) };
}

function rangeOf(values: string): Range | undefined {
  const [, from, to, how] = /^(.+?)\.\.(.+?)(?::(.+))?$/.exec(values) ?? [];
  if (from === undefined) return undefined;
  const ends = { from: number(from), to: number(to) };
  if (how === undefined) return ends;
  return how === "log" ? { ...ends, log: true } : { ...ends, step: number(how) };
}

function choice(value: string): Choice {
  if (value === "true" || value === "false") return value === "true";
  return value.trim() === "" || Number.isNaN(Number(value)) ? value : Number(value);
}
