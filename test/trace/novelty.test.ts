import assert from "node:assert/strict";
import fc from "fast-check";
import { novelty } from "../../lib/trace/novelty";
import { textOf } from "./texts";

/** The novel share as its definition says: every n-gram of the sample is looked up in every text. */
function noveltyByHand(
  sample: string,
  contents: readonly string[],
  n: number,
): { count: number; novel: number } {
  const points = Array.from(sample);
  const grams = points.slice(n - 1).map((_, start) => points.slice(start, start + n));
  const novel = grams.filter((gram) => !contents.some((content) => holds(Array.from(content), gram)));
  return { count: grams.length, novel: grams.length ? novel.length / grams.length : 0 };
}

function holds(points: readonly string[], gram: readonly string[]): boolean {
  return points.some((_, start) => gram.every((point, index) => points[start + index] === point));
}

describe("novelty(sample, texts)", () => {
  it("tells the share of n-grams that no text has", () => {
    assert.deepEqual(novelty("abc", [textOf("abd")], { longest: 4 }), [
      { n: 1, count: 3, novel: 1 / 3 },
      { n: 2, count: 2, novel: 1 / 2 },
      { n: 3, count: 1, novel: 1 },
      { n: 4, count: 0, novel: 0 },
    ]);
  });

  it("tells what looking up every n-gram tells", () => {
    const words = (maxLength: number) =>
      fc.string({ unit: fc.constantFrom("a", "b", "c", "\u{1f600}", "\u{1f601}"), maxLength });
    fc.assert(
      fc.property(words(30), fc.array(words(40), { maxLength: 3 }), (sample, contents) => {
        const curve = novelty(
          sample,
          contents.map((content) => textOf(content)),
          { longest: 12 },
        );
        for (const { n, ...told } of curve)
          assert.deepEqual(told, noveltyByHand(sample, contents, n), `n = ${n}`);
      }),
      { numRuns: 2000 },
    );
  });

  it("finds nothing new in a piece of a text, and everything where there is no text", () => {
    const text = textOf("the cat sat on the mat");
    assert.ok(novelty("cat sat on", [text]).every(({ novel }) => novel === 0));
    assert.deepEqual(
      novelty("cat", []).slice(0, 4),
      [3, 2, 1, 0].map((count, index) => ({ n: index + 1, count, novel: count ? 1 : 0 })),
    );
  });

  it("counts an n-gram as often as the sample has it", () => {
    assert.equal(novelty("xaxaxb", [textOf("b")], { longest: 1 })[0].novel, 5 / 6);
  });

  it("reads no n-gram across two texts, and none across half a surrogate pair", () => {
    assert.equal(novelty("ab", [textOf("a"), textOf("b")], { longest: 2 })[1].novel, 1);
    assert.equal(novelty("\u{1f600}", [textOf("\u{1f601}")], { longest: 1 })[0].novel, 1);
  });

  it("compares as it is told: without case, line breaks and typographic quotes", () => {
    const text = textOf("\u201cThe cat,\u201d she said");
    const sample = '"the\n cat," she';
    assert.equal(novelty(sample, [text], { longest: 14 })[13].novel, 1);
    const folding = { ignoreCase: true, collapseWhitespace: true, foldQuotes: true };
    assert.deepEqual(novelty(sample, [text], { longest: 14, ...folding })[13], { n: 14, count: 1, novel: 0 });
  });

  it("goes up to n = 50, or as far as it is told", () => {
    assert.equal(novelty("a", []).length, 50);
    assert.throws(
      () => novelty("a", [], { longest: 0 }),
      /Expected `longest` to be a whole number of at least 1, got 0/,
    );
  });
});
