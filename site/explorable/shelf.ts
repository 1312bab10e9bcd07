/** The books of the explorable: a few pages of each, out of the texts that come with the project's packages. */
import { mobyDick, stateOfTheUnion } from "../../lib/text/sources/corpora";
import type { Text } from "../../lib/text/text";

/** Characters of each book, about: they begin and end with a sentence. */
const pages = 3000;

/** @throws where a text no longer has the words with which its pages begin */
export function shelf(): Text[] {
  const [lincoln] = stateOfTheUnion({ presidents: "Lincoln", years: [1862, 1862] });
  const [roosevelt] = stateOfTheUnion({ presidents: "Franklin", years: [1941, 1941] });
  return [firstPages(mobyDick(), "Call me Ishmael."), lastPages(lincoln), lastPages(roosevelt)];
}

function firstPages(text: Text, from: string): Text {
  const start = text.content.indexOf(from);
  if (start < 0) throw new Error(`Expected “${from}” in ${text.title}: name other first words in shelf.ts`);
  const words = text.content.slice(start, start + pages).replace(/(?<=[.?!])[^.?!]*$/, "");
  return { ...text, content: `${words.replace(/\n+/g, "\n")}\n` };
}

function lastPages(text: Text): Text {
  const words = text.content
    .trimEnd()
    .slice(-pages)
    .replace(/^[^.?!]*[.?!] /, "");
  return { ...text, content: `${words}\n` };
}
