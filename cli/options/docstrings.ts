/**
 * What lib's docstrings say of options, read from its files: an option has its name, its words and its default in one
 * place, and the help of the command cannot say anything else than the code does.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Parameter, ParameterTable } from "../../lib/base/parameters";
import { networkTable } from "../../lib/network/params";
import { trainingTable } from "../../lib/train/params";

/** A property of an interface. */
export interface Described {
  /** As in the code: "learningRate". */
  readonly name: string;
  /** As TypeScript has it, names of the same file resolved: `"windows" | "threads"`. */
  readonly type: string;
  /**
   * The first sentence of its docstring, which tells the default: "Hidden units of each layer (default: 128)."; ""
   * without one.
   */
  readonly text: string;
}

/**
 * The properties of an interface, in their order, or all parameters: those of the network, and then those of its training.
 *
 * @param file from the project's root
 * @throws where there is no such interface
 * @example described("lib/train/params.ts", "Params")[0].name // "neurons"
 */
export function described(file: string, interfaceName: string): Described[] {
  if (interfaceName === "Params")
    return [
      ...describedTable("lib/network/params.ts", networkTable),
      ...describedTable("lib/train/params.ts", trainingTable),
    ];
  const code = codeOf(file);
  const body = new RegExp(`export interface ${interfaceName}\\b[^{]*\\{\n([\\s\\S]*?)\n\\}`).exec(code)?.[1];
  if (body === undefined) throw new Error(`Expected an interface ${interfaceName} in ${file}, found none`);
  const properties = body.matchAll(
    /^ {2}(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?(?:readonly )?(\w+)\??:\s*([^;]+);/gm,
  );
  return Array.from(properties, ([, comment = "", name, type]) => ({
    name,
    type: resolved(type, code),
    text: wordsOf(comment),
  }));
}

/** The parameters of the one table of a file: their words from above them, what they can be from the table. */
function describedTable(file: string, table: ParameterTable): Described[] {
  const entries = codeOf(file).matchAll(/^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+): \{ default: /gm);
  const words = new Map(Array.from(entries, ([, comment, name]) => [name, wordsOf(comment)]));
  return Object.entries(table).map(([name, parameter]) => ({
    name,
    type: typeOf(parameter),
    text: words.get(name) ?? "",
  }));
}

function typeOf(parameter: Parameter): string {
  if ("names" in parameter) return "string[]";
  if ("rising" in parameter) return "number[]";
  if (!("choices" in parameter)) return "number";
  if (typeof parameter.default === "boolean") return "boolean";
  return parameter.choices.map((choice) => JSON.stringify(choice)).join(" | ");
}

function codeOf(file: string): string {
  return readFileSync(path.join(__dirname, "..", "..", file), "utf8");
}

/** The first sentence of a comment. */
function wordsOf(comment: string): string {
  return firstSentence(
    comment
      .replace(/^\s*\* ?/gm, "")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

/** A type that the file gives a name, and `readonly`, which is nothing to a command line, left out. */
function resolved(type: string, code: string): string {
  const named = new RegExp(`export type ${type} =\\s*([^;]+);`).exec(code)?.[1] ?? type;
  return named
    .replace(/\breadonly /g, "")
    .replace(/\s+/g, " ")
    .replace(/^\| /, "")
    .trim();
}

function firstSentence(text: string): string {
  const end = text.search(/[.](?= [\p{Lu}`])(?<!\b(?:al|e\.g|i\.e)\.)/u);
  return end < 0 ? text : text.slice(0, end + 1);
}
