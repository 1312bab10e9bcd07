import assert from "node:assert/strict";
import fc from "fast-check";
import { lineStarts, rankOf } from "../../lib/base/lines";

describe("lineStarts and rankOf", () => {
  it("find the line that counting line feeds finds", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\n"), minLength: 1 });
    fc.assert(
      fc.property(text, fc.nat(), (content, number) => {
        const offset = number % content.length;
        const counted = content.slice(0, offset).split("\n").length;
        assert.equal(rankOf(lineStarts(content), offset), counted);
      }),
    );
  });
});
