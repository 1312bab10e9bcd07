import assert from "node:assert/strict";
import { patternOf } from "../../../lib/network/inside/pattern";
import { passagesLike } from "../../../lib/network/inside/passages-like";
import { example } from "./signs";

describe("passagesLike(read, pattern)", () => {
  it("finds where the same neurons are on, the best first", () => {
    const found = passagesLike(example, patternOf(example, [4, 7]), { share: 0.6 });
    assert.deepEqual(
      found.map(({ text, start, end }) => [text, start, end]),
      [
        ["sea", 4, 7],
        ["sea", 11, 14],
      ],
    );
    assert.equal(found[0].on, 1);
    assert.ok(Math.abs(found[1].on - 8 / 9) < 1e-9);
  });

  it("asks for all of them where the share is 1, and finds shorter passages", () => {
    const [, other] = passagesLike(example, patternOf(example, [4, 7]), { share: 1 });
    assert.equal(other.text, "se");
  });

  it("finds nothing by a pattern of no neurons", () => {
    assert.deepEqual(passagesLike(example, { units: [], length: 3, threshold: 0.3 }), []);
  });
});
