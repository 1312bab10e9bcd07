import assert from "node:assert/strict";
import fc from "fast-check";
import { writeByChance } from "../../lib/generate/markov";
import { textOf } from "../trace/texts";

describe("writeByChance(texts)", () => {
  const words = (maxLength: number, minLength = 0) =>
    fc.string({ unit: fc.constantFrom("a", "b", "c", "\u{1f600}"), minLength, maxLength });

  it("writes as many characters as it is told, of which any `order` + 1 in a row stand in some text", () => {
    fc.assert(
      fc.property(fc.array(words(20), { maxLength: 3 }), fc.integer({ min: 1, max: 3 }), (more, order) => {
        // The loop at its end goes on for ever: the chain need not begin anew.
        const contents = [...more, "c".repeat(20)].map((content) => `${content}${"c".repeat(order + 1)}`);
        const texts = contents.map((content) => textOf(content));
        const written = Array.from(writeByChance(texts, { order, length: 60 }));
        assert.equal(written.length, 60);
        for (let start = 0; start + order < written.length; start++) {
          const piece = written.slice(start, start + order + 1).join("");
          assert.ok(
            contents.some((content) => content.includes(piece)),
            JSON.stringify([contents, piece]),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it("draws what comes next as often as it does in the texts", () => {
    // After "a": "b" twice, "c" in the other text once, "d" once.
    const texts = [textOf("abab"), textOf("acad")];
    const written = writeByChance(texts, { order: 1, length: 40_000 });
    const after = (next: string) => written.split(`a${next}`).length - 1;
    const all = after("b") + after("c") + after("d");
    assert.ok(Math.abs(after("b") / all - 2 / 4) < 0.02);
    assert.ok(Math.abs(after("c") / all - 1 / 4) < 0.02);
  });

  it("begins anew where nothing goes on", () => {
    assert.equal(writeByChance([textOf("abc")], { order: 2, length: 4 }), "cccc");
  });

  it("writes the same with the same seed only", () => {
    const texts = [textOf("the cat sat on the mat and the cat ate the rat that sat on the mat")];
    const [one, same, other] = [1, 1, 2].map((seed) => writeByChance(texts, { order: 2, length: 60, seed }));
    assert.equal(one, same);
    assert.notEqual(one, other);
  });

  it("refuses what it cannot write from", () => {
    assert.throws(() => writeByChance([textOf("abcde")]), {
      message: "Expected a text of more than 5 characters (`order`), got 1 shorter ones",
    });
    assert.throws(
      () => writeByChance([], { order: 0 }),
      /Expected `order` to be a whole number of at least 1, got 0/,
    );
    assert.throws(() => writeByChance([], { length: -1 }), /Expected `length` to be a whole number, got -1/);
  });
});
