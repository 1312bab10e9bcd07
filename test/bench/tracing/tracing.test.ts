import assert from "node:assert/strict";
import { patchwork } from "../../../bench/tracing/tracing";
import { trace } from "../../../lib/trace/trace";
import { textOf } from "../../trace/texts";

const texts = ["abcdefghijklmnopqrstuvwxyz".repeat(8), "0123456789".repeat(30)].map((content) =>
  textOf(content),
);

describe("patchwork", () => {
  it("has the length that is asked for, and is the same each time", () => {
    assert.equal(patchwork(texts, 500).length, 500);
    assert.equal(patchwork(texts, 500), patchwork(texts, 500));
  });

  it("is of pieces of the texts, longer ones among them", () => {
    const { passages } = trace(patchwork(texts, 500), texts, { minLength: 1 });
    assert.ok(passages.length > 5);
    assert.ok(passages.some(({ start, end }) => end - start >= 40));
  });
});
