import assert from "node:assert/strict";
import fc from "fast-check";
import { measure, measureByLength } from "../../lib/trace/measure";
import { trace } from "../../lib/trace/trace";
import { textOf } from "./texts";

const first = textOf("the cat sat on the mat");
const second = textOf("sat on the mat and slept");

describe("measure(trace)", () => {
  it("counts letters that lie in two passages once in all, and once for each text", () => {
    const sample = "the cat sat on the mat and slept, did it?"; // 17 and 19 letters, of which 11 lie in both
    assert.deepEqual(measure(trace(sample, [first, second])), {
      minLength: 20,
      characters: 41,
      copied: 25 / 30,
      longest: 24,
      passages: 2,
      sources: [
        { text: 0, copied: 17 / 30, longest: 22, passages: 1 },
        { text: 1, copied: 19 / 30, longest: 24, passages: 1 },
      ],
    });
  });

  it("counts a passage for every text that it stands in, and a piece of it for no other", () => {
    const copies = [first, textOf("a piece: cat sat on the mat"), textOf("again the cat sat on the mat")];
    const { sources } = measure(trace("the cat sat on the mat", copies));
    assert.deepEqual(
      sources.map(({ text, copied }) => [text, copied]),
      [
        [0, 1],
        [2, 1],
      ],
    );
  });

  it("is all zero where nothing is copied, and for an empty sample", () => {
    const nothing = { copied: 0, longest: 0, passages: 0, sources: [] };
    assert.deepEqual(measure(trace("Dogs bark at the moon.", [first])), {
      minLength: 20,
      characters: 22,
      ...nothing,
    });
    assert.deepEqual(measure(trace("", [first])), { minLength: 20, characters: 0, ...nothing });
  });

  it("leaves out passages shorter than a minLength of its own", () => {
    const traced = trace("the cat sat on the mat; and slept", [first, second], { minLength: 5 });
    assert.equal(measure(traced).passages, 2);
    assert.equal(measure(traced, { minLength: 20 }).passages, 1);
  });

  it("counts no white space and no signs, of the sample or of its copies", () => {
    const traced = trace(
      `${" ".repeat(400)}the cat sat on the mat${"\n".repeat(300)}.....Dogs bark ----- loudly`,
      [textOf(" ".repeat(1000)), first],
    );
    assert.deepEqual(
      measure(traced).sources.map(({ text, copied, longest }) => [text, copied, longest]),
      [[1, 17 / 31, 22]],
    );
  });

  it("counts white space as tracing does, whichever length a trace was made with", () => {
    const tight = "the sea was calm and grey and cold";
    const wide = tight.replaceAll(" ", "\n            ");
    for (const [sample, book] of [
      [wide, tight],
      [tight, wide],
    ]) {
      const traced = trace(sample, [textOf(book)], { collapseWhitespace: true });
      assert.equal(measure(traced).longest, 34);
      assert.equal(measure(traced, { minLength: 34 }).passages, 1);
      assert.equal(measure(traced, { minLength: 35 }).passages, 0);
      assert.equal(measure(traced, { minLength: 50 }).passages, 0);
    }
  });

  it("says that a trace holds nothing shorter than its minLength", () => {
    assert.throws(() => measure(trace("", []), { minLength: 10 }), {
      message: "Expected `minLength` >= 20, with which was traced, got 10; trace with the smaller one",
    });
  });
});

describe("measureByLength(trace)", () => {
  it("measures at 10, 20, 50 and 100 characters, as far as the trace goes", () => {
    const lengths = measureByLength(trace("", [])).map(({ minLength }) => minLength);
    assert.deepEqual(lengths, [20, 50, 100]);
  });

  it("measures what a trace with that length measures", () => {
    const words = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "-"), maxLength: 40 });
    const options = fc.record({ collapseWhitespace: fc.boolean(), foldQuotes: fc.boolean() });
    fc.assert(
      fc.property(words, fc.array(words, { maxLength: 3 }), options, (sample, contents, how) => {
        const texts = contents.map((content) => textOf(content));
        const lengths = [2, 4, 8, 16];
        const once = measureByLength(trace(sample, texts, { minLength: 2, ...how }), lengths);
        const each = lengths.map((minLength) => measure(trace(sample, texts, { minLength, ...how })));
        assert.deepEqual(once, each);
      }),
      { numRuns: 500 },
    );
  });
});
