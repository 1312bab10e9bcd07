import assert from "node:assert/strict";
import { copiesOf } from "../../../site/explorable/copies";

describe("the copies of a sample in the explorable", () => {
  it("are those of its pieces, once for each letter, also where a letter takes two units", () => {
    const copy = { source: 1, length: 31 };
    const pieces = [
      { text: "a\u{1f600}", ends: false },
      { text: "bc", copy, ends: true },
    ];
    assert.deepEqual(copiesOf({ pieces }), [undefined, undefined, copy, copy]);
  });
});
