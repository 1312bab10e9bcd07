import assert from "node:assert/strict";
import fc from "fast-check";
import { measure } from "../../../lib/trace/measure";
import { trace } from "../../../lib/trace/trace";
import { traceNear, type TraceNearOptions } from "../../../lib/trace/near/trace-near";
import { madeUp } from "../made-up";
import { partOf, textOf } from "../texts";
import { nearByHand, type ByHandOptions } from "./by-hand";

const opening = textOf(
  "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife.\n",
  "Pride and Prejudice",
);

/** What was changed in the best place of each passage: [what the text has, what the sample has]. */
function changes(sample: string, text = opening, options?: TraceNearOptions): [string, string][][] {
  return traceNear(sample, [text], options).passages.map(({ occurrences: [{ changes }] }) =>
    changes.map(({ start, end, offset, length }) => [
      text.content.slice(offset, offset + length),
      sample.slice(start, end),
    ]),
  );
}

/** The passages and places as the oracle has them. */
function found(sample: string, text: string, { share, ...options }: ByHandOptions) {
  const wanted = { ...options, share: share / 100, maxOccurrences: Infinity };
  return traceNear(sample, [textOf(text)], wanted).passages.map(({ start, end, occurrences }) => ({
    passage: [start, end],
    places: occurrences.map(({ edits, offset, length = end - start }) => [edits, offset, offset + length]),
  }));
}

describe("traceNear(sample, texts)", () => {
  it("finds a passage with letters replaced, put in and left out, and says what was changed", () => {
    const sample =
      "He said: a truth acknowledged, that a single young man in possession of a good future, must be so.";
    assert.deepEqual(changes(sample), [
      [
        ["", " young"],
        ["or", "u"],
        ["n", "r"],
      ],
    ]);
  });

  it("says where a passage stands, with how many edits, and its longest stretch without one", () => {
    const sample = "… that a single woman in possession of a good fortune, must be in need …";
    const { passages } = traceNear(sample, [textOf("Nothing."), opening]);
    const offset = opening.content.indexOf(" that a single");
    assert.deepEqual(passages, [
      {
        start: 1,
        end: 66,
        length: 63,
        count: 1,
        edits: 2,
        sources: [{ text: 1, count: 1, edits: 2 }],
        occurrences: [
          {
            text: 1,
            offset,
            line: 1,
            length: 63,
            edits: 2,
            changes: [{ start: 16, end: 18, offset: offset + 15, length: 0 }],
            core: { start: 18, end: 66 },
          },
        ],
      },
    ]);
  });

  it("keeps the options beside the passages, whose shortest length is 40", () => {
    const traced = traceNear(opening.content, [opening]);
    assert.deepEqual([traced.minLength, traced.share, traced.gap], [40, 0.15, 12]);
    assert.equal(traced.passages.length, 1);
    assert.equal(traceNear(opening.content.slice(0, 38), [opening]).passages.length, 0);
    assert.equal(traceNear(opening.content.slice(0, 41), [opening]).passages.length, 1);
    assert.equal(measure(traced).copied, 1);
  });

  it("does not let good text pay for rubbish beside it", () => {
    const { passages } = traceNear(`zzzzzzzz${opening.content.slice(0, 50)}qqqqqqqqqq`, [opening]);
    assert.deepEqual(
      passages.map(({ start, end }) => [start, end]),
      [[8, 58]],
    );
  });

  it("cuts a passage where more than `gap` edits stand together", () => {
    const { content } = opening;
    const sample = `${content.slice(0, 44)}XXXXXXXX${content.slice(44)}`;
    assert.equal(traceNear(sample, [opening], { gap: 8 }).passages.length, 1);
    assert.equal(traceNear(sample, [opening], { gap: 7 }).passages.length, 2);
  });

  it("names first the text with the fewest edits, and no place that overlaps a better one", () => {
    const near = textOf(opening.content.replace("single", "simple"));
    const { passages } = traceNear(opening.content, [near, opening]);
    assert.deepEqual(
      passages[0].sources.map(({ text, edits }) => [text, edits]),
      [
        [1, 0],
        [0, 2],
      ],
    );
    const laughter = textOf("ha ".repeat(40));
    assert.equal(traceNear("ha ".repeat(16), [laughter], { share: 0 }).passages[0].count, 2);
  });

  it("keeps the best maxOccurrences places of each text, and counts all", () => {
    const text = textOf(
      [opening.content, opening.content.replace("single", "simple"), opening.content].join("* * *"),
    );
    const [{ count, occurrences }] = traceNear(opening.content.trim(), [text], {
      maxOccurrences: 2,
    }).passages;
    assert.equal(count, 3);
    assert.deepEqual(
      occurrences.map(({ offset, edits }) => [offset, edits]),
      [
        [0, 0],
        [2 * (opening.content.length + 5), 0],
      ],
    );
  });

  it("compares as it is told to, and gives places of what was given", () => {
    const text = textOf(
      "“It is a truth\r\nuniversally  acknowledged,”\r\nthat a single man\r\nin possession",
    );
    const sample = 'He: "it is a TRUTH universally acknowledged" that a single man in possession';
    const options = { ignoreCase: true, collapseWhitespace: true, foldQuotes: true };
    const [passage] = traceNear(sample, [partOf(text, 5)], options).passages;
    assert.equal(passage.start, sample.indexOf(" a TRUTH") - 1);
    const [{ offset, line, length, changes }] = passage.occurrences;
    assert.deepEqual([offset, line, length], [5, 1, text.content.length - 5]);
    assert.deepEqual(
      changes.map((change) => text.content.slice(change.offset, change.offset + change.length)),
      [","],
    );
  });

  it("splits no surrogate pair, and counts one as one change", () => {
    const sample = `${"the smile 😀 of a friend ".repeat(2)}`;
    const [{ edits, occurrences }] = traceNear(sample, [textOf(sample.replace("😀", "😁"))]).passages;
    assert.equal(edits, 1);
    assert.deepEqual(occurrences[0].changes, [{ start: 10, end: 12, offset: 10, length: 2 }]);
  });

  it("finds nothing in an empty sample, in no texts and in empty texts", () => {
    assert.deepEqual(traceNear("", [opening], { minLength: 1 }).passages, []);
    assert.deepEqual(traceNear(opening.content, []).passages, []);
    assert.deepEqual(traceNear(opening.content, [textOf("")]).passages, []);
    assert.deepEqual(
      traceNear(" . . . . . . . . ", [textOf(" . . . . . . . . ")], { minLength: 4 }).passages,
      [],
    );
  });

  it("says which option is wrong, and how", () => {
    assert.throws(() => traceNear("a", [opening], { share: 0.5 }), {
      name: "OptionError",
      message: "Expected `share` from 0 up to 0.4, got 0.5",
    });
    assert.throws(() => traceNear("a", [opening], { gap: 1.5 }), /Expected `gap` to be a whole number/);
    assert.throws(() => traceNear("a", [opening], { minLength: 0 }), /Expected `minLength`/);
  });

  it("says so where sample and texts repeat themselves too much, instead of never ending", () => {
    const text = textOf("ab".repeat(20_000));
    assert.throws(
      () => traceNear("ab".repeat(1_000), [text]),
      /do not repeat a few characters over and over/,
    );
  });

  it("finds near copies wherever they lie in a long sample", () => {
    const text = madeUp(40_000);
    const places = [8_000, 16_200, 16_390, 16_600, 24_576];
    // Other words, and at some places a piece of the text that lacks a letter.
    const sample = places.reduce(
      (words, at) =>
        `${words.slice(0, at)}${text.slice(at, at + 60)}${text.slice(at + 61, at + 120)}${words.slice(at + 119)}`,
      madeUp(30_000, 2),
    );
    const { passages } = traceNear(sample, [textOf(text)]);
    assert.equal(passages.length, places.length);
    passages.forEach(({ start, end, edits, occurrences: [{ offset }] }, index) => {
      assert.equal(edits, 1);
      assert.ok(start <= places[index] && end >= places[index] + 119 && offset <= places[index]);
    });
  });

  it("tells how many texts have been looked through", () => {
    const told: unknown[] = [];
    traceNear(opening.content, [opening, opening], {
      onProgress: ({ done, total }) => void told.push([done, total]),
    });
    assert.deepEqual(told, [
      [1, 2],
      [2, 2],
    ]);
  });
});

describe("traceNear as its definition says", () => {
  const options = fc.constantFrom<ByHandOptions>(
    { minLength: 12, share: 15, gap: 4 },
    { minLength: 20, share: 15, gap: 12 },
    { minLength: 10, share: 20, gap: 4 },
    { minLength: 3, share: 15, gap: 12 },
    { minLength: 14, share: 30, gap: 3 },
    { minLength: 40, share: 15, gap: 12 },
    { minLength: 8, share: 0, gap: 12 },
  );
  /** A text and a sample with pieces of it, in which some letters are changed. */
  const texts = fc
    .constantFrom("ab", "abcd", "abcdefgh", "abcdefghijklmnopqrstuvwxyz", "a😀😁\ud83dé語𝒳z")
    .chain((alphabet) => {
      const letters = Array.from(alphabet);
      const letter = fc.constantFrom(...letters);
      const most = letters.length < 5 ? 36 : 64;
      const words = (maxLength: number) => fc.array(letter, { maxLength });
      const edits = fc.array(
        fc.tuple(fc.nat({ max: most - 1 }), fc.constantFrom("replace", "put in", "leave out"), letter),
        {
          maxLength: 7,
        },
      );
      return fc
        .tuple(words(most), words(6), edits, words(6), fc.nat({ max: 8 }))
        .map(([text, before, changes, after, from]) => {
          const copy = text.map((own, at) => {
            const change = changes.find(([place]) => place === at);
            if (!change) return own;
            return { replace: change[2], "put in": change[2] + own, "leave out": "" }[change[1]] ?? "";
          });
          return { text: text.join(""), sample: [...before, ...copy.slice(from), ...after].join("") };
        });
    });

  it("finds the passages and places that following every alignment finds", () => {
    fc.assert(
      fc.property(texts, options, ({ sample, text }, options) => {
        assert.deepEqual(found(sample, text, options), nearByHand(sample, text, options));
      }),
      { numRuns: 250 },
    );
  });

  it("finds the reversed passages in reversed texts", () => {
    const reversed = (words: string) => Array.from(words).reverse().join("");
    fc.assert(
      fc.property(texts, options, ({ sample, text }, options) => {
        // A lone surrogate would make a pair with what comes to stand beside it.
        fc.pre(!/\ud83d(?![\udc00-\udfff])/.test(sample + text));
        const passages = found(sample, text, options).map(({ passage: [start, end], places }) => {
          return { start: sample.length - end, end: sample.length - start, places: places.length };
        });
        const again = found(reversed(sample), reversed(text), options).map(
          ({ passage: [start, end], places }) => {
            return { start, end, places: places.length };
          },
        );
        assert.deepEqual(again, passages.reverse());
      }),
      { numRuns: 250 },
    );
  });

  it("is `trace` where no edits are allowed", () => {
    const spans = (passages: readonly { start: number; end: number; length: number }[]) =>
      passages.map(({ start, end, length }) => [start, end, length]);
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 30 }), ({ sample, text }, minLength) => {
        const near = traceNear(`${sample} ${sample}`, [textOf(text)], { minLength, share: 0 });
        assert.deepEqual(
          spans(near.passages),
          spans(trace(near.sample, [textOf(text)], { minLength }).passages),
        );
      }),
      { numRuns: 250 },
    );
  });

  it("tells changes that make the sample of the text", () => {
    fc.assert(
      fc.property(texts, ({ sample, text }) => {
        const { passages } = traceNear(sample, [textOf(text)], { minLength: 10 });
        for (const { start, end, occurrences } of passages) {
          for (const { offset, length = end - start, changes, core } of occurrences) {
            const pieces: string[] = [];
            let from = offset;
            for (const change of changes) {
              pieces.push(text.slice(from, change.offset), sample.slice(change.start, change.end));
              from = change.offset + change.length;
            }
            pieces.push(text.slice(from, offset + length));
            assert.equal(pieces.join(""), sample.slice(start, end));
            assert.ok(text.includes(sample.slice(core.start, core.end)) && core.end > core.start);
          }
        }
      }),
      { numRuns: 250 },
    );
  });
});
