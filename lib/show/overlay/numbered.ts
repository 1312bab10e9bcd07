/** Texts by their numbers in the library, so that `[3]` and its colour mean the same text whatever a sample was traced in. */
import type { CounterfactualPassage } from "../../trace/counterfactual";
import type { Trace } from "../../trace/trace";

/**
 * The same trace with each text in the place of its number in the library, which a part knows. Texts that belong to
 * no library come behind those that do, and so does the second of two parts of one text.
 *
 * @example numbered(trace(sample, library.training)).texts[2] // that of library.texts[2], though library.texts[1] is held out
 */
export function numbered(trace: Trace): Trace {
  const { texts } = trace;
  const numbers = numbersOf(texts);
  if (numbers.every((number, index) => number === index)) return trace;
  const placed: Trace["texts"][number][] = [];
  numbers.forEach((number, index) => (placed[number] = texts[index]));
  const renumber = <T extends { readonly text: number }>(one: T): T => ({ ...one, text: numbers[one.text] });
  const byNumber = (one: Numbered, other: Numbered) =>
    (one.edits ?? 0) - (other.edits ?? 0) || one.text - other.text;
  const passages = trace.passages.map((passage: CounterfactualPassage) => ({
    ...passage,
    ...(passage.counterfactual && { counterfactual: renumber(passage.counterfactual) }),
    sources: passage.sources.map(renumber).sort(byNumber),
    occurrences: passage.occurrences.map(renumber).sort(byNumber),
  }));
  return { ...trace, texts: placed, passages };
}

/** A source or a place; of near copies those with the fewest edits come first. */
interface Numbered {
  readonly text: number;
  readonly edits?: number;
}

/** The number of each text, from 0. */
export function numbersOf(texts: Trace["texts"]): number[] {
  const taken = new Set<number>();
  let behind = texts.reduce((most, { index = -1 }) => Math.max(most, index), -1) + 1;
  return texts.map(({ index }) => {
    if (index === undefined || taken.has(index)) return behind++;
    taken.add(index);
    return index;
  });
}
