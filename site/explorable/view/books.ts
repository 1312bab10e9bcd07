/** What the texts are called and how they are coloured, wherever they are shown. */
import type { Text } from "../../../lib/text/text";
import { strengths } from "../../../lib/show/style/palette";

/** A text as it is shown. */
export interface Source {
  readonly title: string;
  readonly author: string;
  /** Beside a copied passage: "Melville". */
  readonly name: string;
  /** The number of its colour, which it keeps whatever is read beside it. */
  readonly hue: number;
}

/** @example sourceOf(mobyDick, 0) // { title: "Moby-Dick", author: "Herman Melville", name: "Melville", hue: 0 } */
export function sourceOf({ title, author }: Pick<Text, "author" | "title">, hue: number): Source {
  return { title, author, name: author.split(" ").at(-1) || title, hue };
}

/** The variables of a passage's colours: its ground, stronger for a longer one, and its line. */
export function colorsOf({ hue }: Source, length: number): string {
  const strength = strengths.filter(({ from }) => length >= from).at(-1) ?? strengths[0];
  return `--ground: var(--ground-${hue}-${strength.from}); --line: var(--line-${hue})`;
}
