/** Reads a text through a sample's automaton, and tells wherever at least `minLength` characters are the sample's. */
import { NONE, ROOT, type SuffixAutomaton } from "./automaton";
import type { Sieve } from "./sieve";

/**
 * Called for each place of the text that ends a copy: the longest one that ends there has `length` code points, and
 * reading it leads the automaton to `state`. `end` counts UTF-16 units.
 */
export type Visit = (state: number, length: number, end: number) => void;

/** @returns where copies began: `follow` from there visits the same places again without reading the rest */
export function stream(text: string, automaton: SuffixAutomaton, sieve: Sieve, visit: Visit): number[] {
  const begins: number[] = [];
  for (let at = sieve.next(text, 0); at !== -1;) {
    begins.push(at);
    at = sieve.next(text, follow(text, at, automaton, sieve.minLength, visit));
  }
  return begins;
}

/**
 * Reads on from `begin` for as long as there is a copy; none of the text's copies may begin before and end after it.
 *
 * @returns a place that no copy which is still to come begins before
 */
export function follow(
  text: string,
  begin: number,
  automaton: SuffixAutomaton,
  minLength: number,
  visit: Visit,
): number {
  const { longest, link } = automaton;
  // The piece that is both of the text and of the sample is text[start, at), the longest one that ends at `at`.
  let start = begin > 0 && isPair(text, begin - 1) ? begin + 1 : begin;
  let at = start;
  let state = ROOT;
  let length = 0; // In code points, as the automaton counts.
  while (at < text.length && (at < begin + minLength || at - start >= minLength)) {
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
  return at < text.length ? start : at;
}

function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) as number) > 0xffff;
}
