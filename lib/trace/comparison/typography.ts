/**
 * Typographic forms that are written with more or fewer characters elsewhere: dashes and hyphens, points of omission, quotes in
 * pairs, letters tied together, signs of italics. Those that stand one for one are in `comparison.ts`.
 */
import type { Edited } from "./edits";
import { replaced } from "./replaced";

/** What is written for "-". */
export const otherDashes = "‐‑‒–—―−⸗⸺⸻﹘﹣－";
const dashes = `\\-${otherDashes}`;

/** At least three points, or "…" and others beside it, with at most one white space between two. */
const points = "(?:(?:\\.\\s?){0,2}…|\\.(?:\\s?\\.){2})(?:\\s?[.…])*";
const pairs = "[`´'‘’‚‛′ʼ‹›]{2}|,,|<<|>>";
const tied = "[\ufb00-\ufb06\ufb13-\ufb17ĲĳǄ-ǌǱ-ǳÆæŒœ]";

const italics = /_+/g;
const spaced = new RegExp(`[${dashes}][${dashes}\\s]*|${points}\\s*|${pairs}|${tied}`, "g");
const unspaced = new RegExp(`[${dashes}]+|${points}|${pairs}|${tied}`, "g");

/**
 * A text whose dashes of any length are "-", and none between letters, as "farm-house" is "farmhouse" elsewhere; whose points of
 * omission are "…"; whose quotes by two characters are '"'; whose tied letters stand apart, "æ" and "œ" too; and without "_", which
 * marks italics.
 *
 * @param ignoresSpace whether white space around dashes and points of omission is left out too, as at the end of a line
 * @example foldTypography({ content: "the farm-\nhouse -- ``_so_ ﬁne''...", edits: [] }, { ignoresSpace: true }).content
 */
export function foldTypography(text: Edited, { ignoresSpace }: { readonly ignoresSpace: boolean }): Edited {
  const upright = replaced(text, italics, () => "");
  const { content } = upright;
  const signs = (sign: string, from: number, to: number) => {
    if (isDash.test(sign)) return isLetter(content, from - 1) && isLetter(content, to) ? "" : "-";
    if (isPoint.test(sign)) return "…";
    return isTied.test(sign) ? untied(sign, content[to] ?? "") : '"';
  };
  if (!ignoresSpace) return replaced(upright, unspaced, signs);
  const spaceBefore = (at: number, from: number) => {
    if (!isDash.test(content[at]) && !isPoint.test(content[at])) return at;
    while (at > from && isSpace.test(content[at - 1])) at--;
    return at;
  };
  return replaced(upright, spaced, signs, spaceBefore);
}

const isSpace = /\s/;
const isDash = new RegExp(`^[${dashes}]`);
const isPoint = /^[.…]/;
const isTied = new RegExp(tied);

/** Those that are letters of their own in some languages, which no form of Unicode takes apart. */
const letters: Readonly<Record<string, string>> = { Æ: "Ae", æ: "ae", Œ: "Oe", œ: "oe" };

/** Letters tied together as they are written apart: "Æneas" is "Aeneas", "ÆNEAS" is "AENEAS". */
function untied(sign: string, next: string): string {
  const apart = letters[sign] ?? sign.normalize("NFKC");
  return /\p{Lu}/u.test(sign) && /\p{Lu}/u.test(next) ? apart.toUpperCase() : apart;
}

/** Whether a letter, or a mark on one, is at a place, a pair of surrogates at either half. */
function isLetter(text: string, at: number): boolean {
  const isSecond = (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  return /^[\p{L}\p{M}]/u.test(text.slice(isSecond ? at - 1 : at, at + 2));
}
