import assert from "node:assert/strict";
import fc from "fast-check";
import { wordsIn, wordsOf } from "../../../lib/text/tokens/words";

const english = fc.string({ unit: fc.constantFrom(..."abAZ .,;:!?\"'()-_39\n\té’—🐋") });

describe("wordsOf", () => {
  it("gives words and punctuation, each with the space before it", () => {
    assert.deepEqual(wordsOf("Well, it isn't.\n"), ["Well", ",", " it", " isn't", ".", "\n"]);
    assert.deepEqual(wordsOf("“3.14”—my dear"), ["“", "3.14", "”", "—", "my", " dear"]);
    assert.deepEqual(wordsOf("a  b \n c"), ["a", " ", " b", " ", "\n", " c"]);
  });

  it("gives pieces that are the text when laid end to end, whatever the text", () => {
    for (const text of [english, fc.string({ unit: "binary" })]) {
      fc.assert(fc.property(text, (each) => assert.equal(wordsOf(each).join(""), each)));
    }
  });

  it("knows the words of languages that have no spaces", () => {
    assert.deepEqual(wordsOf("我爱读书。"), ["我", "爱", "读书", "。"]);
  });
});

describe("wordsIn", () => {
  it("cuts where Unicode's rules do", () => {
    const segmenter = new Intl.Segmenter("en", { granularity: "word" });
    fc.assert(
      fc.property(english, (text) => {
        for (const stretch of text.split(/\s+/).filter((each) => each !== "")) {
          const expected = Array.from(segmenter.segment(stretch), ({ segment }) => segment);
          assert.deepEqual(wordsIn(stretch), expected);
          assert.deepEqual(wordsIn(` ${stretch}`), [` ${expected[0]}`, ...expected.slice(1)]);
        }
      }),
    );
  });

  const segmenter = new Intl.Segmenter("en", { granularity: "word" });
  const cut = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);

  it("cuts a long text without spaces as Unicode's rules cut it as a whole", () => {
    const units = [
      "我们爱读书",
      "天气很好，",
      "今天。",
      "公园",
      "カメラを買った",
      "สวัสดีครับ",
      "a",
      "isn't",
      "—",
      "3.14",
      "é",
      "🐋",
      "🇫🇮",
      "👩‍👩‍👧",
      ":",
      "_",
    ];
    const text = fc.array(fc.constantFrom(...units), { minLength: 300, maxLength: 1500 });
    fc.assert(
      fc.property(text, (each) => assert.deepEqual(wordsIn(each.join("")), cut(each.join("")))),
      { numRuns: 30 },
    );
    for (const long of ["é".repeat(5000), `${"ab-".repeat(1500)}${"é".repeat(3000)}.${"天".repeat(2000)}`])
      assert.deepEqual(wordsIn(long), cut(long));
  });

  it("gives the segmenter a long text without spaces in pieces, some of it twice, and never all of it", () => {
    const { segment } = Intl.Segmenter.prototype;
    const given: number[] = [];
    Intl.Segmenter.prototype.segment = function (text) {
      given.push(text.length);
      return segment.call(this, text);
    };
    try {
      const text = "我们今天在公园读书，天气很好。".repeat(10_000);
      assert.equal(wordsOf(text).join(""), text);
      assert.ok(Math.max(...given) <= 1024);
      assert.ok(given.reduce((sum, length) => sum + length, 0) < 1.5 * text.length);
    } finally {
      Intl.Segmenter.prototype.segment = segment;
    }
  });
});
