import assert from "node:assert/strict";
import { measure } from "../../../lib/trace/measure";
import { traceNear, type TraceNearOptions } from "../../../lib/trace/near/trace-near";
import { madeUp } from "../made-up";
import { partOf, textOf } from "../texts";

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
