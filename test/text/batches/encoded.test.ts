import assert from "node:assert/strict";
import fc from "fast-check";
import { canEncode, encodeParts } from "../../../lib/text/batches/encoded";
import { TextLibrary } from "../../../lib/text/library";
import { threads } from "../../../lib/text/batches/threads";
import { windows } from "../../../lib/text/batches/windows";
import { MARK } from "../../../lib/text/tokens/vocabulary";
import { rowOf } from "../unique";

const short = fc
  .string({ unit: fc.constantFrom("a", "b", " ", "\n"), minLength: 1 })
  .map((text) => `x${text}`);
const options = { steps: 4, batchSize: 2, seed: 1 };

describe("encodeParts", () => {
  it("lays short texts end to end with a mark before, between and behind them, and leaves none out", () => {
    fc.assert(
      fc.property(fc.array(short, { minLength: 3, maxLength: 8 }), fc.nat(), (texts, seed) => {
        const { training, vocabulary } = TextLibrary.ofTexts(texts, { validation: 0 });
        const { encoded, leftOut } = encodeParts(training, vocabulary, { ...options, seed });
        assert.deepEqual([encoded.length, leftOut], [1, []]);
        const [first, ...pieces] = vocabulary
          .decode(encoded[0].ids.subarray(0, encoded[0].ids.length))
          .split(MARK);
        assert.deepEqual([first, pieces.pop()], ["", ""]);
        assert.deepEqual(pieces.sort(), [...texts].sort());
      }),
    );
  });

  it("refuses short texts where the vocabulary has no mark", () => {
    const { vocabulary } = new TextLibrary([
      { title: "Book", author: "", source: "string", content: "abc abc", weight: 1 },
    ]);
    const { training } = TextLibrary.ofTexts(["abc", "cba"]);
    assert.throws(
      () => encodeParts(training, vocabulary, options),
      /a vocabulary with a mark for short texts/,
    );
  });

  it("can encode what all short texts together fill", () => {
    const { training, vocabulary } = TextLibrary.ofTexts(["ab", "cd"], { validation: 0 });
    assert.deepEqual(
      [6, 7].map((steps) => canEncode(training, vocabulary, steps)),
      [true, false],
    );
    assert.throws(() => encodeParts(training, vocabulary, { ...options, steps: 7 }), /"Texts row 1" has 7/);
  });
});

describe("batches of short texts", () => {
  it("never go from one text into another without a mark", () => {
    const contents = Array.from({ length: 50 }, (_, index) =>
      String.fromCharCode(97 + (index % 20)).repeat(5),
    );
    const { training, vocabulary } = TextLibrary.ofTexts(contents, { validation: 0 });
    for (const cut of [windows, threads]) {
      const batches = cut(training, vocabulary, options);
      for (let iteration = 0; iteration < 60; iteration++) {
        const { inputs, targets, batch } = batches.at(iteration);
        for (let row = 0; row < batch; row++) {
          const read = [...rowOf(inputs, row, batch), rowOf(targets, row, batch)[options.steps - 1]];
          for (const piece of vocabulary.decode(read).split(MARK)) assert.ok(new Set(piece).size <= 1, piece);
        }
      }
    }
  });
});
