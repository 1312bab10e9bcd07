import assert from "node:assert/strict";
import { trace } from "../../lib/trace/trace";
import { partOf, textOf } from "./texts";
import { words } from "./words";

const ahab = textOf("Call me Ishmael.\nSome years ago, never mind how long precisely,\n", "Moby-Dick");
const emma = textOf("Some years ago, never mind how,\nEmma Woodhouse was handsome.\n", "Emma");

describe("trace(sample, texts)", () => {
  it("finds a passage with its place in the sample and in the text", () => {
    const { passages } = trace("He said: years ago, never mind how long. ", [ahab]);
    assert.deepEqual(passages, [
      {
        start: 8,
        end: 39,
        length: 30,
        count: 1,
        sources: [{ text: 0, count: 1 }],
        occurrences: [{ text: 0, offset: 21, line: 2 }],
      },
    ]);
  });

  it("keeps the sample, the texts and the shortest length beside the passages", () => {
    const traced = trace("Call me", [ahab], { minLength: 4 });
    assert.equal(traced.sample, "Call me");
    assert.equal(traced.minLength, 4);
    assert.deepEqual(traced.texts, [ahab]);
  });

  it("names every text in which a passage stands, and only the longest stretch of the sample", () => {
    const { passages } = trace("Some years ago, never mind how", [ahab, emma]);
    assert.equal(passages.length, 1);
    assert.deepEqual(passages[0].sources, [
      { text: 0, count: 1 },
      { text: 1, count: 1 },
    ]);
  });

  it("reports passages that overlap, each whole", () => {
    const texts = [textOf("the cat sat on the mat"), textOf("sat on the mat and slept")];
    assert.deepEqual(words("the cat sat on the mat and slept", texts, { minLength: 10 }), [
      "the cat sat on the mat",
      "sat on the mat and slept",
    ]);
  });

  it("passes over what is shorter than minLength, which is 20", () => {
    const text = textOf("0123456789abcdefghijklm");
    assert.deepEqual(words("0123456789abcdefghi", [text]), []);
    assert.deepEqual(words("0123456789abcdefghij", [text]), ["0123456789abcdefghij"]);
  });

  it("finds a passage again wherever the sample repeats it", () => {
    const { passages } = trace("Ishmael.-Ishmael.", [ahab], { minLength: 8 });
    assert.deepEqual(
      passages.map(({ start, end }) => [start, end]),
      [
        [0, 8],
        [9, 17],
      ],
    );
    assert.deepEqual(passages[0].occurrences, passages[1].occurrences);
  });

  it("finds nothing in an empty sample, in no texts and in empty texts", () => {
    assert.deepEqual(trace("", [ahab], { minLength: 1 }).passages, []);
    assert.deepEqual(trace("Call me Ishmael.", [], { minLength: 1 }).passages, []);
    assert.deepEqual(trace("Call me Ishmael.", [textOf("")], { minLength: 1 }).passages, []);
  });

  it("finds one passage where the sample is the whole text", () => {
    const { passages } = trace(ahab.content, [emma, ahab]);
    assert.deepEqual(
      passages.map(({ start, end, sources }) => ({ start, end, sources })),
      [{ start: 0, end: ahab.content.length, sources: [{ text: 1, count: 1 }] }],
    );
  });

  it("counts all places of a passage and keeps the first maxOccurrences of each text", () => {
    const texts = [textOf("a".repeat(100_000)), textOf("a".repeat(1000))];
    const { passages } = trace("a".repeat(500), texts, { maxOccurrences: 3 });
    assert.equal(passages.length, 1);
    assert.equal(passages[0].count, 99_501 + 501);
    assert.deepEqual(passages[0].sources, [
      { text: 0, count: 99_501 },
      { text: 1, count: 501 },
    ]);
    assert.deepEqual(
      passages[0].occurrences.map(({ text, offset }) => [text, offset]),
      [0, 1].flatMap((text) => [0, 1, 2].map((offset) => [text, offset])),
    );
  });

  it("counts offsets and lines of a part in the whole text", () => {
    const held = partOf(ahab, 33);
    const { passages } = trace("never mind how long precisely", [held]);
    const offset = ahab.content.indexOf("never");
    assert.deepEqual(passages[0].occurrences, [{ text: 0, offset, line: 2 }]);
  });

  it("splits no surrogate pair, in the sample or in the text", () => {
    // 😀 is D83D DE00 and 😁 D83D DE01: the same first half.
    assert.deepEqual(words("ab😀", [textOf("ab😁")], { minLength: 2 }), ["ab"]);
    assert.deepEqual(words("\ude00cd", [textOf("😀cd")], { minLength: 2 }), ["cd"]);
    assert.deepEqual(words("😀😁", [textOf("x😀😁x")], { minLength: 3 }), ["😀😁"]);
  });

  it("says which option is wrong, and how", () => {
    assert.throws(() => trace("a", [ahab], { minLength: 0 }), {
      message: "Expected `minLength` to be a whole number of at least 1, got 0",
    });
    assert.throws(() => trace("a", [ahab], { maxOccurrences: 1.5 }), /`maxOccurrences`.*got 1.5/);
  });
});
