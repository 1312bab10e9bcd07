/** Reads a text through a sample's automaton, and tells wherever at least `minLength` characters are the sample's. */
import { NONE, ROOT, type SuffixAutomaton } from "./automaton";

/**
 * Called for each place of the text that ends a copy: the longest one that ends there has `length` code points, and
 * reading it leads the automaton to `state`. `end` counts UTF-16 units.
 */
export type Visit = (state: number, length: number, end: number) => void;

/** @param minLength in UTF-16 units */
export function stream(text: string, automaton: SuffixAutomaton, minLength: number, visit: Visit): void {
  const { longest, link } = automaton;
  // The longest piece of the sample that ends at `at` is text[start, at).
  let start = 0;
  let at = 0;
  let state = ROOT;
  let length = 0; // In code points, as the automaton counts.
  while (at < text.length) {
    const symbol = text.codePointAt(at) as number;
    at += symbol > 0xffff ? 2 : 1;
    let next = automaton.step(state, symbol);
    while (next === NONE && state !== ROOT) {
      state = link[state];
      for (; length > longest[state]; length--) start += isPair(text, start) ? 2 : 1;
      next = automaton.step(state, symbol);
    }
    if (next === NONE) {
      start = at;
    } else {
      state = next;
      length++;
    }
    if (at - start >= minLength) visit(state, length, at);
  }
}

function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) as number) > 0xffff;
}
