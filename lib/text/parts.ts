/** What of each text a network is trained on, and what is held out to validate it: the end, or whole texts. */
import { lineStarts } from "../base/lines";
import { shuffled } from "../base/random";
import { checkShare, placeOfCut } from "./place-of-cut";
import type { Part, Text } from "./text";

export interface Parts {
  /** Absent for a text that is held out whole. */
  readonly training?: Part;
  /** Absent where nothing is held out, and where the text is too short to be cut. */
  readonly validation?: Part;
}

/**
 * The parts of each text: one that is held out is so whole; of a short text all is one or the other, drawn by the seed; the
 * others are cut.
 *
 * @param share of each text, and of the number of the short ones: some, but not all of them, where there are two
 */
export function partsOf(texts: readonly Text[], { share, seed }: { share: number; seed: number }): Parts[] {
  checkShare(share);
  const short = texts.flatMap((text, index) => (text.short && !text.heldOut ? [index] : []));
  const most = Math.max(0, short.length - 1);
  const count = share === 0 ? 0 : Math.min(most, Math.max(1, Math.round(share * short.length)));
  const held = new Set(shuffled(short, seed).slice(0, count));
  return texts.map((text, index) => {
    // A piece of a text is read from its own content.
    const inMemory = text.slice ? { slice: undefined } : {};
    if (!text.short && !text.heldOut) return cut({ ...text, index, ...inMemory }, share);
    const whole: Part = { ...text, index, start: 0, firstLine: 1 };
    return text.heldOut || held.has(index) ? { validation: whole } : { training: whole };
  });
}

/**
 * Holds out the last `share` of a text. The cut is made behind the line feed nearest to it, else behind the nearest
 * space, else in place; never inside a character.
 *
 * @param share from 0, which holds out nothing, up to, but not including, 1
 */
export function cut(text: Text, share: number): Parts & { readonly training: Part } {
  const { content } = text;
  const at = placeOfCut(content, share);
  const training = { ...text, content: content.slice(0, at), start: 0, firstLine: 1 };
  if (at <= 0 || at >= content.length) return { training: { ...training, content } };
  const firstLine = lineStarts(training.content).length;
  return { training, validation: { ...text, content: content.slice(at), start: at, firstLine } };
}
