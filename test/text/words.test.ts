import assert from "node:assert/strict";
import fc from "fast-check";
import { wordsIn, wordsOf } from "../../lib/text/words";

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
});
