/**
 * What was changed in a near copy, as overlays show it within the words of a sample: what the text has, and what the
 * sample has instead.
 */
import type { Text } from "../../text/text";
import type { Change, NearPassage } from "../../trace/near/near-passage";
import type { Passage } from "../../trace/trace";
import { escapeHtml } from "../style/html";
import { visible } from "../style/visible";
import { wordsBetween } from "./excerpt";

/** Whether a passage stands nowhere word for word, but with few changes. */
export function isNear(passage: Passage): passage is Passage & NearPassage {
  return "edits" in passage && passage.edits !== 0;
}

/** How the parts of words are written that hold changes. */
export interface ChangeWriter {
  readonly kept: (words: string) => string;
  /** What the text has and the sample does not. */
  readonly leftOut: (words: string) => string;
  /** What the sample has and the text does not. */
  readonly putIn: (words: string) => string;
}

/**
 * The words of a sample from `start` to `end`, with the changes of the near copies that they lie in: of several the one with the
 * fewest edits.
 */
export function withChanges(
  { sample, start, end }: { readonly sample: string; readonly start: number; readonly end: number },
  passages: readonly Passage[],
  texts: readonly Text[],
  { kept, leftOut, putIn }: ChangeWriter,
): string {
  const [best] = passages.filter(isNear).sort((one, other) => one.edits - other.edits);
  if (!best) return kept(sample.slice(start, end));
  const { text } = best.occurrences[0];
  const parts: string[] = [];
  let at = start;
  for (const change of readableChanges(best, sample)) {
    const [from, to] = [Math.max(change.start, start), Math.min(change.end, end)];
    const begins = change.start >= start && change.start < end;
    if (!begins && from >= to) continue;
    parts.push(kept(sample.slice(at, from)));
    if (begins && change.length > 0)
      parts.push(leftOut(wordsBetween(texts[text], change.offset, change.offset + change.length).words));
    if (to > from) parts.push(putIn(sample.slice(from, to)));
    at = Math.max(at, to);
  }
  return parts.join("") + kept(sample.slice(at, end));
}

/** Struck out and underlined, as in a manuscript. */
export const asHtml: ChangeWriter = {
  kept: (words) => escapeHtml(visible(words)),
  leftOut: (words) => `<del style="text-decoration:line-through">${escapeHtml(visible(words))}</del>`,
  putIn: (words) =>
    `<ins style="text-decoration:underline;font-weight:600">${escapeHtml(visible(words))}</ins>`,
};

/** Letters of one word between two changes that are shown as changed too, for "f[ort]une" reads better than "f[o][r]t[u]ne". */
const mostBetween = 2;

/** The changes of the best place; those in one word with few letters between them as one. */
export function readableChanges({ occurrences: [{ changes }] }: NearPassage, sample: string): Change[] {
  const shown: Change[] = [];
  for (const change of changes) {
    const last = shown.at(-1);
    const between = last ? sample.slice(last.end, change.start) : "";
    if (!last || between.length > mostBetween || /\s/.test(between)) shown.push(change);
    else {
      const length = change.offset + change.length - last.offset;
      shown[shown.length - 1] = { start: last.start, end: change.end, offset: last.offset, length };
    }
  }
  return shown;
}
