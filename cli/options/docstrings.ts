/**
 * What lib's docstrings say of options, read from its files: an option has its name, its words and its default in one
 * place, and the help of the command cannot say anything else than the code does.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

/** A property of an interface. */
export interface Described {
  /** As in the code: "learningRate". */
  readonly name: string;
  /** As TypeScript has it, names of the same file resolved: `"windows" | "threads"`. */
  readonly type: string;
  /** The first sentence of its docstring, which tells the default: "Hidden units of each layer (default: 128)."; "" without one. */
  readonly text: string;
}

/**
 * The properties of an interface, in their order.
 *
 * @param file from the project's root
 * @throws where there is no such interface
 * @example described("lib/network/params.ts", "Params")[0].name // "neurons"
 */
export function described(file: string, interfaceName: string): Described[] {
  const code = readFileSync(path.join(__dirname, "..", "..", file), "utf8");
  const body = new RegExp(`export interface ${interfaceName}\\b[^{]*\\{\n([\\s\\S]*?)\n\\}`).exec(code)?.[1];
  if (body === undefined) throw new Error(`Expected an interface ${interfaceName} in ${file}, found none`);
  const properties = body.matchAll(
    /^ {2}(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?(?:readonly )?(\w+)\??:\s*([^;]+);/gm,
  );
  return Array.from(properties, ([, comment = "", name, type]) => ({
    name,
    type: resolved(type, code),
    text: firstSentence(
      comment
        .replace(/^\s*\* ?/gm, "")
        .replace(/\s+/g, " ")
        .trim(),
    ),
  }));
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
