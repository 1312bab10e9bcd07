import assert from "node:assert/strict";
import fc from "fast-check";
import { charactersOfWord, frequentSubwords, merge } from "../../../lib/text/tokens/subwords";

/** Byte-pair encoding as its definition says: all neighbours are counted anew for each piece. */
function counted(words: readonly (readonly [string, number])[], most: number): string[] {
  let cut = words.map(([word, count]) => ({ pieces: Array.from(word), count }));
  const found = new Set<string>();
  while (found.size < most) {
    const pairs = new Map<string, number>();
    for (const { pieces, count } of cut)
      pieces.slice(1).forEach((piece, at) => {
        const both = pieces[at] + piece;
        pairs.set(both, (pairs.get(both) ?? 0) + count);
      });
    const [best] = [...pairs]
      .filter(([, count]) => count >= 10)
      .sort(([one, often], [other, otherOften]) => otherOften - often || (one < other ? -1 : 1));
    if (!best) break;
    found.add(best[0]);
    cut = cut.map(({ pieces, count }) => ({ pieces: merge(pieces, best[0]), count }));
  }
  return [...found];
}

describe("frequentSubwords(counts, most)", () => {
  it("makes one of the two neighbours that come most often, again and again", () => {
    const counts = Object.entries({ " the": 40, " then": 12, he: 15, " other": 11 });
    assert.deepEqual(frequentSubwords(counts, 3), ["he", "the", " the"]);
    assert.deepEqual(frequentSubwords(counts, 9).slice(3), [" then", " o", " othe", " other"]);
  });

  it("finds what counting all neighbours anew finds", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "\u{1f40b}"), minLength: 1, maxLength: 9 });
    const words = fc.uniqueArray(fc.tuple(word, fc.integer({ min: 1, max: 30 })), {
      selector: ([each]) => each,
      maxLength: 20,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 12 }), (counts, most) => {
        assert.deepEqual(frequentSubwords(counts, most), counted(counts, most));
      }),
    );
  });

  it("takes no piece that comes less than ten times, and none of an unknown character", () => {
    assert.deepEqual(frequentSubwords([["ab", 9]], 5), []);
    assert.deepEqual(frequentSubwords([["ab", 10]], 5), ["ab"]);
    assert.deepEqual(frequentSubwords([["a\ufffd", 10]], 5), []);
  });

  it("tells how far it is", () => {
    const told: number[] = [];
    frequentSubwords([["abc", 10]], 2, ({ done }) => told.push(done));
    assert.deepEqual(told, [1, 2]);
  });
});

describe("charactersOfWord(word)", () => {
  it("cuts a word without an end, but no character", () => {
    const word = "a" + "\u{1f40b}".repeat(150);
    const parts = charactersOfWord(word);
    assert.deepEqual(
      parts.map(({ length }) => length),
      [64, 64, 23],
    );
    assert.equal(parts.flat().join(""), word);
  });
});
