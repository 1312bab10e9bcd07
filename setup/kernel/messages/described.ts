/** What Jupyter shows of a name (Shift+Tab): its type, its docstring and all tags of that, as text. */
import type { QuickInfo, SymbolDisplayPart } from "@tslab/typescript-for-tslab";

/**
 * @example
 * describe(info)
 * // function add(a: number, b: number): number
 * //
 * // Adds.
 * //
 * // @param a the first
 * // @throws {RangeError} where a is negative
 */
export function describe({ displayParts, documentation, tags = [] }: QuickInfo): string {
  const told = tags.map(({ name, text }) => `@${name}${beside(wordsOf(text))}`);
  return [wordsOf(displayParts), wordsOf(documentation), told.join("\n")].filter(Boolean).join("\n\n");
}

/** Several lines, as an example has them, stand below their tag. */
function beside(words: string): string {
  if (!words) return "";
  return words.includes("\n") ? `\n  ${words.replaceAll("\n", "\n  ")}` : ` ${words}`;
}

/** Links as `the words (the address)`, or the name alone. */
function wordsOf(parts: readonly SymbolDisplayPart[] = []): string {
  const text = parts.map((part) => part.text).join("");
  return text
    .replace(/\{@link(?:code|plain)?\s+(https?:\/\/[^\s|}]+)[\s|]*([^}]*)\}/g, linked)
    .replace(
      /\{@link(?:code|plain)?\s+([^\s|}]+)[\s|]*([^}]*)\}/g,
      (_, name: string, words: string) => words || name,
    );
}

function linked(_link: string, address: string, words: string): string {
  return words ? `${words} (${address})` : address;
}
