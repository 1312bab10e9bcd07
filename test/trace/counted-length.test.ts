import assert from "node:assert/strict";
import { trace } from "../../lib/trace/trace";
import { measure } from "../../lib/trace/measure";
import { textOf } from "./texts";
import { words } from "./words";

describe("trace(sample, texts) by what one reads", () => {
  it("takes no blanks, lines of dots and rules for copies", () => {
    for (const sign of [" ", "\n", "\t", "\u00a0", "\u3000", ".", "-", "* ", "_", "=", "\u00ad"]) {
      const book = textOf(`Emma${sign.repeat(500)}Woodhouse`);
      const traced = trace(`She was${sign.repeat(400)}here`, [book]);
      assert.deepEqual(traced.passages, [], JSON.stringify(sign));
      assert.equal(measure(traced).copied, 0);
    }
  });

  it("counts white space as one character, and none at the ends", () => {
    const text = textOf("one     two\n\n\n     three    ");
    assert.deepEqual(words("one     two\n\n\n     three    ", [text], { minLength: 14 }), []);
    const { passages } = trace("one     two\n\n\n     three    ", [text], { minLength: 13 });
    assert.deepEqual(
      passages.map(({ start, end, length }) => [start, end, length]),
      [[0, 28, 13]],
    );
  });

  it("finds nothing of a sample of white space alone, of one that is too short, and in texts of white space", () => {
    const blank = " \n\t\u00a0".repeat(50);
    for (const options of [{}, { collapseWhitespace: true, foldQuotes: true, ignoreCase: true }]) {
      assert.deepEqual(trace(blank, [textOf(blank)], options).passages, []);
      assert.deepEqual(trace("Emma", [textOf("Emma")], options).passages, []);
      assert.deepEqual(trace(`Emma${blank}`, [textOf(blank)], options).passages, []);
    }
  });
});
