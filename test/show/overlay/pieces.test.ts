import assert from "node:assert/strict";
import fc from "fast-check";
import { cutPieces } from "../../../lib/show/overlay/pieces";
import { trace } from "../../../lib/trace/trace";
import { textOf } from "../../trace/texts";

function pieces(sample: string, ...contents: string[]) {
  const texts = contents.map((content) => textOf(content));
  return cutPieces(sample, trace(sample, texts, { minLength: 4 }).passages);
}

describe("cutPieces(sample, passages)", () => {
  it("cuts where passages begin and end", () => {
    const cut = pieces("the cat sat down", "cat sat");
    assert.deepEqual(
      cut.map(({ start, end, passages }) => [start, end, passages.length]),
      [
        [0, 4, 0],
        [4, 11, 1],
        [11, 16, 0],
      ],
    );
  });

  it("leaves out the white space at the ends of a passage", () => {
    assert.deepEqual(
      pieces("a: cat sat ; b", " cat sat ").map(({ start, end }) => [start, end]),
      [
        [0, 3],
        [3, 10],
        [10, 14],
      ],
    );
  });

  it("names the texts of passages that overlap once where they are the same", () => {
    const ended = pieces("cat sat on mat", "cat sat on", "sat on mat").map((piece) => piece.ended.length);
    assert.deepEqual(ended, [0, 1, 1]);
    const same = pieces("cat sat on mat", "cat sat on; sat on mat").map((piece) => piece.ended.length);
    assert.deepEqual(same, [0, 0, 1]);
  });

  it("makes up the sample again, with passages that overlap in different lanes", () => {
    const words = fc.string({ unit: fc.constantFrom("a", "b", " "), maxLength: 40 });
    fc.assert(
      fc.property(words, words, words, (sample, ...contents) => {
        const cut = pieces(sample, ...contents);
        assert.equal(cut.map(({ start, end }) => sample.slice(start, end)).join(""), sample);
        for (const { start, end, passages } of cut) {
          assert.ok(passages.every(({ from, to }) => from <= start && end <= to));
          assert.equal(new Set(passages.map(({ lane }) => lane)).size, passages.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
