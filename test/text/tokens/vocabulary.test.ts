import assert from "node:assert/strict";
import fc from "fast-check";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";

const text = fc.string({ unit: "binary" }).map((string) => string.replaceAll("\ufffd", ""));

describe("Vocabulary", () => {
  it("numbers the characters of its texts by code point, after the unknown one", () => {
    const vocabulary = Vocabulary.of(["bad", "cab 🐋"]);
    assert.deepEqual(vocabulary.tokens, ["\ufffd", " ", "a", "b", "c", "d", "🐋"]);
    assert.equal(vocabulary.size, 7);
    assert.equal(vocabulary.id("🐋"), 6);
  });

  it("gives back every text it was made of", () => {
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const vocabulary = Vocabulary.of(texts);
        for (const each of texts) assert.equal(vocabulary.decode(vocabulary.encode(each)), each);
      }),
    );
  });

  it("encodes one number for each code point", () => {
    fc.assert(
      fc.property(text, (each) => {
        assert.equal(Vocabulary.of([each]).encode(each).length, [...each].length);
      }),
    );
  });

  it("encodes an unknown character as 0, which is decoded as the replacement character", () => {
    const vocabulary = Vocabulary.of(["ab"]);
    assert.deepEqual([...vocabulary.encode("a🐋ßb\ufffd")], [1, 0, 0, 2, 0]);
    assert.equal(vocabulary.decode([1, 0, 2]), "a\ufffdb");
  });

  it("does not depend on the order of its texts", () => {
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        assert.ok(Vocabulary.of(texts).equals(Vocabulary.of([...texts].reverse())));
      }),
    );
  });

  it("is the same after it was saved and loaded", () => {
    fc.assert(
      fc.property(text, (each) => {
        const vocabulary = Vocabulary.of([each]);
        const loaded = Vocabulary.fromJSON(JSON.parse(JSON.stringify(vocabulary)));
        assert.ok(loaded.equals(vocabulary));
        assert.deepEqual(loaded.encode(each), vocabulary.encode(each));
      }),
    );
  });

  it("tells in what it differs from another", () => {
    const [one, other] = [Vocabulary.of(["abc"]), Vocabulary.of(["bcde"])];
    assert.ok(!one.equals(other));
    assert.deepEqual(one.difference(other), { onlyHere: ["a"], onlyThere: ["d", "e"] });
  });

  it("refuses ids that are no character's", () => {
    const message = "Expected ids from 0 to 2, got 3 at position 1";
    assert.throws(() => Vocabulary.of(["ab"]).decode([1, 3]), { message });
  });

  it("refuses to load what is no vocabulary", () => {
    assert.throws(() => Vocabulary.fromJSON({} as never), /Expected a vocabulary as/);
    assert.throws(
      () => Vocabulary.fromJSON({ characters: "aba" }),
      /each of the characters of a vocabulary once/,
    );
  });
});

describe("Vocabulary of words", () => {
  const words = fc.array(
    fc.constantFrom("the", "The", " ", "  ", "\n", "\t", ",", ".", "sea", "isn't", "—", "🐋"),
    {
      maxLength: 40,
    },
  );
  const prose = words.map((pieces) => pieces.join(""));

  it("knows the most frequent words, in the order of code units where they are equally frequent", () => {
    const text = "b a b a c\n";
    const known = (maxWords: number) => Vocabulary.of([text], { level: "words", maxWords }).tokens;
    assert.deepEqual(known(10), ["\ufffd", " ", " a", "\n", " b", " c", "b"]);
    assert.deepEqual(known(1), ["\ufffd", " ", " a"]);
    assert.deepEqual(known(2), ["\ufffd", " ", " a", "\n"]);
  });

  it("gives back every text whose words it knows", () => {
    fc.assert(
      fc.property(fc.array(prose), (texts) => {
        const vocabulary = Vocabulary.of(texts, { level: "words" });
        for (const each of texts) assert.equal(vocabulary.decode(vocabulary.encode(each)), each);
      }),
    );
  });

  it("gives a text back whatever the pieces in which it is decoded", () => {
    fc.assert(
      fc.property(prose, fc.nat(), (text, number) => {
        const vocabulary = Vocabulary.of([text], { level: "words" });
        const ids = vocabulary.encode(text);
        const cut = number % (ids.length + 1);
        assert.equal(vocabulary.decode(ids.slice(0, cut)) + vocabulary.decode(ids.slice(cut)), text);
      }),
    );
  });

  it("decodes an unknown word as the replacement character, set off from the word before", () => {
    const vocabulary = Vocabulary.of(["the old man\nand the sea"], { level: "words" });
    const text = (given: string) => vocabulary.decode(vocabulary.encode(given));
    assert.equal(text("the young man\nBoats and the ship"), "the \ufffd man\n\ufffd and the \ufffd");
    assert.equal(vocabulary.encode("the young man").filter((id) => id === 0).length, 1);
  });

  it("reads a word that it knows only from the beginning of a line after a space too", () => {
    const vocabulary = Vocabulary.of(["Call me"], { level: "words" });
    assert.equal(vocabulary.decode(vocabulary.encode("me Call")), "\ufffd Call");
  });

  it("is the same after it was saved and loaded", () => {
    fc.assert(
      fc.property(prose, fc.boolean(), (text, marked) => {
        const vocabulary = Vocabulary.of([text], { level: "words", marked });
        const loaded = Vocabulary.fromJSON(JSON.parse(JSON.stringify(vocabulary)));
        assert.ok(loaded.equals(vocabulary));
        assert.deepEqual(loaded.encode(text), vocabulary.encode(text));
        assert.equal(loaded.mark, vocabulary.mark);
      }),
    );
  });

  it("refuses a number of words that is none", () => {
    const message = "Expected `maxWords` to be a whole number > 0, got 0";
    assert.throws(() => Vocabulary.of([""], { level: "words", maxWords: 0 }), { message });
  });
});

describe("Vocabulary with a mark", () => {
  it("has a number for what stands between short texts, which is saved with it", () => {
    for (const level of ["characters", "words"] as const) {
      const vocabulary = Vocabulary.of(["ab"], { level, marked: true });
      assert.equal(vocabulary.mark, 1);
      assert.equal(Vocabulary.fromJSON(vocabulary.toJSON()).mark, 1);
      assert.equal(vocabulary.id("ab") === 0, level === "characters");
      assert.equal(Vocabulary.of(["ab"], { level }).mark, undefined);
    }
  });
});
