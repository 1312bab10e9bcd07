import assert from "node:assert/strict";
import fc from "fast-check";
import { NONE, ROOT, SuffixAutomaton } from "../../../lib/trace/repetitive/automaton";

const symbols = fc.array(fc.constantFrom(0, 7, -3, 0x1f600), { maxLength: 30 });

function accepts(automaton: SuffixAutomaton, piece: readonly number[]): boolean {
  let state = ROOT;
  for (const symbol of piece) if (state !== NONE) state = automaton.step(state, symbol);
  return state !== NONE;
}

describe("SuffixAutomaton", () => {
  it("accepts the pieces of its text and nothing else", () => {
    fc.assert(
      fc.property(symbols, symbols, (text, other) => {
        const automaton = new SuffixAutomaton(Int32Array.from(text));
        const isPiece = (piece: number[]) => `,${text},`.includes(piece.length ? `,${piece},` : "");
        for (let length = 0; length <= text.length; length++) {
          assert.ok(accepts(automaton, text.slice(text.length - length)));
          assert.ok(accepts(automaton, text.slice(0, length)));
        }
        for (let length = 0; length <= other.length; length++) {
          const piece = other.slice(0, length);
          assert.equal(accepts(automaton, piece), isPiece(piece), `${piece} in ${text}`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("has less than two states a symbol, links to shorter pieces, and is in its prefix's state after a prefix", () => {
    fc.assert(
      fc.property(symbols, (text) => {
        const automaton = new SuffixAutomaton(Int32Array.from(text));
        assert.ok(automaton.states <= Math.max(1, 2 * text.length));
        for (let state = 1; state < automaton.states; state++) {
          assert.ok(automaton.longest[automaton.link[state]] < automaton.longest[state]);
        }
        text.reduce<number>((state, symbol, index) => {
          const next = automaton.step(state, symbol);
          assert.equal(next, automaton.prefixes[index + 1]);
          return next;
        }, ROOT);
      }),
    );
  });

  it("orders its states by the length of their longest piece", () => {
    const automaton = new SuffixAutomaton(Int32Array.of(1, 2, 2, 1, 2, 1, 1));
    const lengths = Array.from(automaton.byLength(), (state) => automaton.longest[state]);
    assert.equal(lengths.length, automaton.states);
    assert.deepEqual(
      lengths,
      lengths.slice().sort((one, other) => one - other),
    );
  });
});
