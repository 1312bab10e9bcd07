/** A library of any size that can be made again, and samples to look up in it. */
import { mobyDick, stateOfTheUnion } from "../../lib/text/sources/corpora";
import { random } from "../../lib/base/random";
import type { Text } from "../../lib/text/text";
import { patchwork } from "./tracing";

/** How many characters lie between two edits of a copy, on average. */
const between = 500;

/**
 * Texts over and over, until they are `characters` long: first as they are, then in copies in which random letters take the
 * place of some characters.
 */
export function* copiesOf(texts: readonly Text[], characters: number): Generator<Text> {
  let length = 0;
  for (let copy = 0; ; copy++) {
    for (const [number, text] of texts.entries()) {
      if (length >= characters) return;
      const content = copy === 0 ? text.content : edited(text.content, random(copy * texts.length + number));
      length += content.length;
      yield { ...text, title: `${text.title}, copy ${copy}`, content };
    }
  }
}

function edited(content: string, draw: () => number): string {
  const below = (limit: number) => Math.floor(draw() * limit);
  let text = "";
  for (let at = 0; at < content.length;) {
    const next = at + below(2 * between);
    text += content.slice(at, next);
    if (next < content.length) text += String.fromCharCode(97 + below(26));
    at = next + 1;
  }
  // In one piece: a text of many is put together again at each look into it.
  return Buffer.from(text, "utf16le").toString("utf16le");
}

/** The presidents' addresses over and over. */
export function libraryOf(characters: number): Generator<Text> {
  return copiesOf(stateOfTheUnion(), characters);
}

/** Samples of 2,000 characters, by what they are of. */
export const samples = {
  "another book": () => mobyDick().content.slice(200_000, 202_000),
  "pieces of the library": () => patchwork(stateOfTheUnion(), 2000),
  "a stretch of the library": () => {
    const all = stateOfTheUnion()
      .map(({ content }) => content)
      .join("\n");
    return all.slice(5_000_000, 5_002_000);
  },
} as const;

export type SampleName = keyof typeof samples;
