import assert from "node:assert/strict";
import type { Passage } from "../../../lib/trace/trace";
import { piecesOf } from "../../../site/explorable/learning/pieces";

describe("the pieces of a sample in the explorable", () => {
  const own = 0;
  const passage = (start: number, end: number, ...texts: number[]) =>
    ({ start, end, length: end - start, sources: texts.map((text) => ({ text })) }) as unknown as Passage;
  const cut = (sample: string, ...passages: Passage[]) =>
    piecesOf(sample, passages, own).map(({ text, copy, ends }) => [text, copy?.source, ends]);

  it("each name their source where another begins, also inside a block of passages", () => {
    assert.deepEqual(cut("bbbbyyyyccccx", passage(0, 4, 1), passage(4, 8, own), passage(8, 12, 2)), [
      ["bbbb", 1, true],
      ["yyyy", own, true],
      ["cccc", 2, true],
      ["x", undefined, false],
    ]);
  });

  it("are the visitor's where a book's passage, however long, overlaps", () => {
    assert.deepEqual(cut("bbbbbbyyyyyccc", passage(0, 10, 1), passage(6, 11, own), passage(8, 14, 2)), [
      ["bbbbbb", 1, true],
      ["yy", own, false],
      ["yy", own, false],
      ["y", own, true],
      ["ccc", 2, true],
    ]);
    assert.deepEqual(cut("both", passage(0, 4, 1, own)), [["both", own, true]]);
  });

  it("name a source once where passages of it follow each other", () => {
    assert.deepEqual(cut("aabb", passage(0, 2, 1), passage(2, 4, 1)), [
      ["aa", 1, false],
      ["bb", 1, true],
    ]);
  });
});
