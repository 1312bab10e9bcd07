import assert from "node:assert/strict";
import fc from "fast-check";
import * as known from "../../lib/text/features";

/** The characters at which a feature is 1. */
function at(feature: known.Feature, text: string): string {
  return [...feature(text)].map((value, place) => (value === 1 ? text[place] : "·")).join("");
}

describe("insideQuotes(text)", () => {
  it("is 1 from an opening mark to before the closing one, whatever the form", () => {
    assert.equal(at(known.insideQuotes, '"Oh," he said, "no."'), '"Oh,···········"no.·');
    assert.equal(at(known.insideQuotes, "“Oh,” he said"), "“Oh,·········");
    assert.equal(at(known.insideQuotes, "'Don't go,' he said"), "'Don't go,·········");
  });

  it("takes no apostrophe for an opening mark", () => {
    assert.equal(at(known.insideQuotes, "I don't; the boys' hats"), "·".repeat(23));
  });

  it("ends a speech at the end of its paragraph", () => {
    assert.equal(at(known.insideQuotes, '"Oh\n\nShe'), '"Oh·····');
  });

  it("leaves other marks within a speech to it", () => {
    assert.equal(at(known.insideQuotes, "“'Mr. K.' you said.” He"), "“'Mr. K.' you said.····");
  });
});

describe("dialogue(text)", () => {
  it("is 1 in paragraphs that begin with a quotation mark, to their end", () => {
    assert.equal(at(known.dialogue, 'He.\n\n"Oh," she\nsaid.\n\nAnd'), '·····"Oh," she\nsaid.\n····');
  });
});

describe("positions", () => {
  it("count the characters of a line", () => {
    assert.deepEqual([...known.positionInLine("ab\n\nc")], [1, 2, 0, 0, 1]);
  });

  it("count the characters of a sentence, and no dot within a word ends it", () => {
    assert.deepEqual([...known.positionInSentence("a. b.c!")], [1, 0, 1, 2, 3, 4, 0]);
  });

  it("count the letters of a word", () => {
    assert.deepEqual([...known.positionInWord("an é, it's")], [1, 2, 0, 1, 0, 0, 1, 2, 3, 4]);
    assert.equal(at(known.wordStart, "an é, it's"), "a··é··i···");
  });
});

describe("features", () => {
  it("tells upper case and vowels", () => {
    assert.equal(at(known.upperCase, "Él is A"), "É·····A");
    assert.equal(at(known.vowel, "Emma y"), "E··a··");
  });

  it("has a number for each UTF-16 unit of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        for (const feature of Object.values(known.features)) {
          const values = feature(text);
          assert.equal(values.length, text.length);
          assert.ok(values.every((value) => value >= 0));
        }
      }),
    );
  });

  it("knows of a text up to a character what it knows of the whole text there, but for what comes right after", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab"' .\n]*$/), fc.nat(), (text, cut) => {
        const length = Math.min(cut, text.length);
        for (const feature of Object.values(known.features)) {
          const part = feature(text.slice(0, length)).slice(0, -1);
          assert.deepEqual(part, feature(text).slice(0, part.length));
        }
      }),
    );
  });
});
