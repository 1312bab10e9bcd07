import assert from "node:assert/strict";
import fc from "fast-check";
import { comparison } from "../../../lib/trace/comparison/comparison";
import { endIn, startIn } from "../../../lib/trace/comparison/edits";

describe("comparison(options)", () => {
  it("leaves a text as it is without options", () => {
    const compared = comparison()("The  “Cat”");
    assert.equal(compared.content, "The  “Cat”");
    assert.deepEqual(compared.edits, []);
  });

  it("folds case as a regular expression with the flags i and u does", () => {
    const fold = comparison({ ignoreCase: true });
    const letters = Array.from({ length: 0x1f000 }, (_, point) => String.fromCodePoint(point)).filter(
      (letter) => !/[\r\n\v\u0085\u2028\u2029\ud800-\udfff]/u.test(letter),
    );
    // A letter a line, because thousands of texts of one letter take long.
    const [plain, folded] = [comparison(), fold].map((of) => of(letters.join("\n")).content.split("\n"));
    assert.deepEqual([plain.length, folded.length], [letters.length, letters.length]);
    const cases = new Map<string, string[]>();
    for (const [index, letter] of letters.entries()) {
      if (plain[index] !== letter) continue;
      const content = folded[index];
      assert.equal(content.length, letter.length);
      if (content === letter) continue;
      assert.match(
        content,
        new RegExp(`^\\u{${letter.codePointAt(0)!.toString(16)}}$`, "iu"),
        `${letter} became ${content}`,
      );
      cases.set(content, [...(cases.get(content) ?? []), letter]);
    }
    assert.ok(cases.size > 1000);
    for (const apart of ["ß ẞs", "İ i", "ı i"]) {
      const [one, other] = apart.split(" ");
      assert.notEqual(fold(one).content, fold(other).content);
    }
    assert.deepEqual(cases.get("σ"), ["Σ", "ς"]);
  });

  it("folds the pairs that Unicode added since 15.1, whatever the engine knows", () => {
    const fold = (text: string) => comparison({ ignoreCase: true })(text).content;
    const pairs = [
      "\u1fd3\u0390",
      "\u1fe3\u03b0",
      "\ufb05\ufb06",
      "\u1c89\u1c8a",
      "\ua7cb\u0264",
      "\ua7dc\u019b",
      "\ua7d2\ua7d3",
    ];
    for (const pair of [...pairs, "\u{10d50}\u{10d70}", "\u{10d65}\u{10d85}", "\u{16eb8}\u{16ed3}"]) {
      const [one, other] = pair;
      const [upper, lower] = pair.length === 2 ? [one, other] : [pair.slice(0, 2), pair.slice(2)];
      assert.equal(fold(upper), fold(lower), pair);
    }
  });

  it("takes white space of any kind and length for one space, also at the ends", () => {
    const { content } = comparison({ collapseWhitespace: true })("\n a\u00a0\u2003b\tc\r\n\r\n");
    assert.equal(content, " a b c ");
  });

  it("takes typographic quotes, apostrophes and dashes for plain ones, and no other character", () => {
    const { content } = comparison({ foldQuotes: true })("“a” „b‟ «c» ‘d’ ‚e‛ ‹f› 1–2 3—4 5‑6 7−8 é");
    assert.equal(content, `"a" "b" "c" 'd' 'e' 'f' 1-2 3-4 5-6 7-8 é`);
  });

  it("knows where each place is in the text itself, in texts longer than are written in one go too", () => {
    const unit = fc.constantFrom("a", "B", " ", "\n", "—", "𐐀", "\ud801");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 50 }), fc.constantFrom(0, 65_530, 65_536), (end, length) => {
        const text = "x".repeat(length) + end;
        const fold = comparison({ ignoreCase: true, collapseWhitespace: true, foldQuotes: true });
        const { content, edits } = fold(text);
        for (let at = length; at < content.length; at++) {
          const half = /[\udc00-\udfff]/.test(content[at]) || /[\ud800-\udbff]/.test(content[at]);
          const piece = text.slice(startIn(edits, at), endIn(edits, at + 1));
          assert.match(piece, /^([\s—]+|\S)$/);
          if (!half) assert.equal(fold(piece).content, content[at]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
