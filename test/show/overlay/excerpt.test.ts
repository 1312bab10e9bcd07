import assert from "node:assert/strict";
import { excerptOf, wordsBetween } from "../../../lib/show/overlay/excerpt";
import { partOf, textOf } from "../../trace/texts";

const text = textOf("One day the old cat sat down on the mat.");
const offset = text.content.indexOf("cat");

describe("excerptOf(text, offset, length)", () => {
  it("cuts the text around between words, with an ellipsis where it goes on", () => {
    assert.deepEqual(excerptOf(text, offset, 7, { around: 7 }), {
      before: "…old ",
      passage: "cat sat",
      after: " down…",
    });
  });

  it("shows all that there is where there is no more", () => {
    assert.deepEqual(excerptOf(text, offset, 7, { around: 100 }), {
      before: "One day the old ",
      passage: "cat sat",
      after: " down on the mat.",
    });
  });

  it("finds a place of the whole text in a part of it", () => {
    const { before, passage } = excerptOf(partOf(text, 8), offset, 7, { around: 100 });
    assert.deepEqual([before, passage], ["the old ", "cat sat"]);
  });

  it("cuts where there are no words, but never within a character", () => {
    const emoji = textOf("😀".repeat(20));
    const { before, after } = excerptOf(emoji, 20, 2, { around: 5 });
    assert.deepEqual([before, after], ["…😀😀", "😀😀…"]);
  });

  it("reads nothing but what it shows of a text that lies on disk", () => {
    const onDisk = {
      ...textOf(""),
      get content(): string {
        throw new Error("All of it was read");
      },
      slice: (from: number, to: number) => text.content.slice(from, to),
    };
    for (const around of [0, 7, 100])
      assert.deepEqual(excerptOf(onDisk, offset, 7, { around }), excerptOf(text, offset, 7, { around }));
    assert.deepEqual(wordsBetween(onDisk, 4, 11), wordsBetween(text, 4, 11));
  });
});
