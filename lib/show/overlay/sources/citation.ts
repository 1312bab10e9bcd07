/** Where a passage comes from, in words: `[2]` beside it, the rest where one points at it. */
import type { Text } from "../../../text/text";
import type { Passage } from "../../../trace/trace";
import { count } from "../../style/numbers";
import { isNear } from "../changes";
import { counterfactualOf, memorisedInWords } from "../memorised";

/** Sources and lines that are named before the rest is only counted. */
const named = 3;

/** @example bookOf({ title: "Emma", author: "Jane Austen", … }) // "Emma, Jane Austen" */
export function bookOf({ title, author }: Text): string {
  return author ? `${title}, ${author}` : title;
}

/**
 * The numbers of the texts in which a passage stands, from 1, in the order of the library.
 *
 * @example reference(passage) // "[2]", "[1,3]" or "[1,2,3 +4]"
 */
export function reference({ sources }: Passage): string {
  const numbers = sources.slice(0, named).map(({ text }) => text + 1);
  const more = sources.length > named ? ` +${sources.length - named}` : "";
  return `[${numbers.join(",")}${more}]`;
}

/** @example lines(passage, 0) // "line 1,234" or "lines 12, 96, 1,003 and 2 more" */
export function lines({ sources, occurrences }: Passage, text: number): string {
  const total = sources.find((source) => source.text === text)?.count ?? 0;
  const first = occurrences.filter((place) => place.text === text).slice(0, named);
  const words = first.map(({ line }) => count(line)).join(", ");
  if (total === 1) return `line ${words}`;
  return total > first.length ? `lines ${words} and ${count(total - first.length)} more` : `lines ${words}`;
}

/** @example lengthAndCount(passage) // "57 characters, once"; of a near copy "57 characters, 3 changed, once" */
export function lengthAndCount(passage: Passage): string {
  const { length, count: times } = passage;
  const changed = isNear(passage) ? `, ${count(passage.edits)} changed` : "";
  return `${count(length)} characters${changed}, ${times === 1 ? "once" : `${count(times)} times`}`;
}

/**
 * All that is said of a passage where one points at it.
 *
 * @example "57 characters, once\n[2] Wuthering Heights, Emily Brontë: line 4,512"
 */
export function hover(passage: Passage, texts: readonly Text[]): string {
  const { sources } = passage;
  const places = sources
    .slice(0, named)
    .map(({ text }) => `[${text + 1}] ${bookOf(texts[text])}: ${lines(passage, text)}`);
  const more = sources.length > named ? [`and ${count(sources.length - named)} more texts`] : [];
  const compared = counterfactualOf(passage);
  const memorised = compared ? [memorisedInWords(compared)] : [];
  return [lengthAndCount(passage), ...memorised, ...places, ...more].join("\n");
}
