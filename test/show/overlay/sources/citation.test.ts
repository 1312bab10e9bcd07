import assert from "node:assert/strict";
import { hover, lines, reference } from "../../../../lib/show/overlay/sources/citation";
import { trace } from "../../../../lib/trace/trace";
import { textOf } from "../../../trace/texts";

const texts = [1, 2, 3, 4, 5].map((number) => textOf("sat on the mat\n".repeat(number), `Book ${number}`));
const [everywhere] = trace("sat on the mat", texts, { minLength: 10, maxOccurrences: 4 }).passages;

describe("a passage in words", () => {
  it("is referred to by three numbers at the most", () => {
    assert.equal(reference(everywhere), "[1,2,3 +2]");
  });

  it("stands in a line, in lines, or in more lines than are named", () => {
    assert.equal(lines(everywhere, 0), "line 1");
    assert.equal(lines(everywhere, 1), "lines 1, 2");
    assert.equal(lines(everywhere, 4), "lines 1, 2, 3 and 2 more");
  });

  it("is described by length, number, texts and lines", () => {
    assert.equal(
      hover(everywhere, texts),
      "14 characters, 15 times\n[1] Book 1: line 1\n[2] Book 2: lines 1, 2\n[3] Book 3: lines 1, 2, 3\nand 2 more texts",
    );
  });
});
