import assert from "node:assert/strict";
import fc from "fast-check";
import { Blocks, layoutFor } from "../../lib/trace/blocks";
import { findMatches } from "../../lib/trace/matches";

function matchesOf(sample: string, text: string, minLength: number, left = Infinity) {
  const layout = layoutFor(minLength);
  const blocks = new Blocks(sample, layout);
  const matches: [number, number, number][] = [];
  const match = (start: number, end: number, at: number) => void matches.push([start, end, at]);
  const enough = findMatches(sample, text, { blocks, layout, minLength, budget: { left }, match });
  return { enough, matches };
}

/** Every pair of places at which a match begins, extended one by one. */
function matchesByHand(sample: string, text: string, minLength: number): [number, number, number][] {
  const found: [number, number, number][] = [];
  for (let at = 0; at < text.length; at++) {
    for (let start = 0; start < sample.length; start++) {
      if (at > 0 && start > 0 && text[at - 1] === sample[start - 1]) continue;
      let length = 0;
      while (start + length < sample.length && sample[start + length] === text[at + length]) length++;
      if (length >= minLength) found.push([start, start + length, at]);
    }
  }
  return found;
}

describe("findMatches(sample, text)", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 80 });
  const minLength = fc.integer({ min: 7, max: 40 });

  it("tells every match once", () => {
    fc.assert(
      fc.property(letters, letters, letters, minLength, (sample, before, after, length) => {
        const text = before + sample + after;
        const { enough, matches } = matchesOf(sample, text, length);
        assert.ok(enough);
        const sorted = (all: number[][]) => all.map(String).sort();
        assert.deepEqual(sorted(matches), sorted(matchesByHand(sample, text, length)));
      }),
      { numRuns: 1000 },
    );
  });

  it("tells those of one stretch of the sample in the order of the text", () => {
    fc.assert(
      fc.property(letters, fc.nat(9), minLength, (sample, times, length) => {
        const last = new Map<string, number>();
        for (const [start, end, at] of matchesOf(sample, `${sample}-`.repeat(times), length).matches) {
          const stretch = `${start} ${end}`;
          assert.ok(at > (last.get(stretch) ?? -1));
          last.set(stretch, at);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("finds matches that lie across the pieces in which a long text is looked at", () => {
    const sample = "What I have written shall be erased and written over again.";
    const text = Array.from({ length: 70_000 }, (_, number) => `${number} is not in it. `).join("");
    for (let at = 2 ** 18 - 60; at <= 2 ** 18 + 8; at++) {
      const { matches } = matchesOf(sample, text.slice(0, at) + sample + text.slice(at), 20);
      assert.deepEqual(matches, [[0, sample.length, at]]);
    }
  });

  it("gives up where the budget is not enough", () => {
    const [sample, text] = ["a".repeat(1000), "a".repeat(10_000)];
    assert.equal(matchesOf(sample, text, 20, 1000).enough, false);
    assert.equal(matchesOf("b".repeat(1000), text, 20, 1000).enough, true);
  });
});
