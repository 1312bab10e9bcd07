import assert from "node:assert/strict";
import fc from "fast-check";
import { randomPiece } from "../../lib/text/random-piece";

const text = (content: string) => ({ title: "", author: "", source: "string", content, weight: 1 });

describe("randomPiece()", () => {
  it("is a piece of one of the texts, of so many code points at most, whatever they hold", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(),
        (contents, length, seed) => {
          const piece = randomPiece(contents.map(text), { length, seed });
          assert.ok(contents.some((content) => content.includes(piece)));
          assert.ok(piece.length > 0 && [...piece].length <= length);
          assert.doesNotMatch(piece, /^[\udc00-\udfff]|[\ud800-\udbff]$/);
        },
      ),
    );
  });

  it("begins with a whole word", () => {
    const content = "one two three four five six seven eight nine ten ".repeat(20);
    for (let seed = 0; seed < 50; seed++) {
      const piece = randomPiece([text(content)], { length: 20, seed });
      assert.match(piece, /^(?:\s|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)/);
    }
  });

  it("comes from each text, and is the same for the same seed", () => {
    const texts = [text("a".repeat(500)), text("b".repeat(500))];
    const pieces = Array.from({ length: 40 }, (_, seed) => randomPiece(texts, { length: 5, seed }));
    assert.deepEqual([...new Set(pieces)].sort(), ["aaaaa", "bbbbb"]);
    assert.equal(randomPiece(texts, { seed: 3 }), randomPiece(texts, { seed: 3 }));
  });

  it("refuses a length of nothing, and no texts", () => {
    assert.throws(() => randomPiece([text("a")], { length: 0 }), /Expected `length`/);
    assert.throws(() => randomPiece([]), /got none/);
  });
});
