import assert from "node:assert/strict";
import fc from "fast-check";
import { levels, Vocabulary } from "../../../lib/text/tokens/vocabulary";

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

  it("refuses to load tokens that are no texts, and empty ones", () => {
    for (const words of [[""], [5], [null], [["a"]]])
      assert.throws(
        () => Vocabulary.fromJSON({ words } as never),
        /words of a vocabulary that are texts of a character or more, got/,
      );
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

describe("Vocabulary of pieces of words", () => {
  const text = "the other mother bathes there\n".repeat(5);
  const vocabulary = Vocabulary.of([text], { level: "subwords", maxSubwords: 4 });

  it("knows all characters by code point, and behind them the most frequent pieces, the first found first", () => {
    const characters = ["\n", " ", ..."abehmorst"];
    assert.deepEqual(
      vocabulary.tokens,
      ["\ufffd", ...characters, "he", "the", "ther", "o"].slice(0, -1).concat("other"),
    );
    const pieces = vocabulary.cut("the other mother bathes there\n");
    assert.deepEqual(pieces, [
      "the",
      " ",
      "other",
      " ",
      "m",
      "other",
      " ",
      "b",
      "a",
      "the",
      "s",
      " ",
      "ther",
      "e",
      "\n",
    ]);
  });

  it("gives back every text of characters that it knows, whatever the words", () => {
    const known = fc.string({ unit: fc.constantFrom(..."abehmorst \n"), maxLength: 300 });
    fc.assert(fc.property(known, (each) => assert.equal(vocabulary.decode(vocabulary.encode(each)), each)));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (each) => {
        const plain = each.replaceAll("\ufffd", "");
        const own = Vocabulary.of([plain.repeat(12)], { level: "subwords" });
        assert.equal(own.decode(own.encode(plain)), plain);
      }),
    );
  });

  it("cuts each word alike, wherever it stands, so that a text can be cut at its words", () => {
    const [one, other] = ["the mother", " bathes\n"].map((each) => [...vocabulary.encode(each)]);
    assert.deepEqual([...vocabulary.encode("the mother bathes\n")], [...one, ...other]);
  });

  it("encodes an unknown character as 0 and loses none beside it", () => {
    const ids = vocabulary.encode("the \u{1f40b}x other");
    assert.equal(vocabulary.decode(ids), "the \ufffd\ufffd other");
    assert.equal(vocabulary.cut("the \u{1f40b}x other", ids).join(""), "the \u{1f40b}x other");
  });

  it("numbers a word of a million letters as quickly as many words", () => {
    const long = "the".repeat(333_333);
    const ids = vocabulary.encode(long);
    assert.equal(vocabulary.decode(ids), long);
    assert.ok(ids.length < 0.4 * long.length);
  });

  it("is the same after it was saved and loaded, with its mark", () => {
    for (const marked of [false, true]) {
      const own = Vocabulary.of([text], { level: "subwords", marked });
      const loaded = Vocabulary.fromJSON(JSON.parse(JSON.stringify(own)));
      assert.ok(loaded.equals(own));
      assert.equal(loaded.level, "subwords");
      assert.deepEqual(loaded.encode(text), own.encode(text));
      assert.equal(loaded.mark, own.mark);
    }
  });

  it("is extended by characters alone: another text can be put together of its pieces and these", () => {
    const other = Vocabulary.of(["the blue whale ".repeat(20)], { level: "subwords" });
    assert.deepEqual(vocabulary.lacks(other), [..."luw"]);
    const extended = vocabulary.extendedBy(other);
    assert.deepEqual(extended.tokens, [...vocabulary.tokens, ..."luw"]);
    assert.deepEqual(extended.cut("the whale"), ["the", " ", "w", "h", "a", "l", "e"]);
    assert.throws(
      () => vocabulary.extendedBy(Vocabulary.of([text])),
      /of subwords to extend one of subwords, got characters/,
    );
  });

  it("refuses a number of pieces that is none", () => {
    const message = "Expected `maxSubwords` to be a whole number > 0, got 0.5";
    assert.throws(() => Vocabulary.of([""], { level: "subwords", maxSubwords: 0.5 }), { message });
  });
});

describe("Vocabulary with a mark", () => {
  it("has a number for what stands between short texts, which is saved with it", () => {
    for (const level of levels) {
      const vocabulary = Vocabulary.of(["ab"], { level, marked: true });
      assert.equal(vocabulary.mark, 1);
      assert.equal(Vocabulary.fromJSON(vocabulary.toJSON()).mark, 1);
      assert.equal(vocabulary.id("ab") === 0, level !== "words");
      assert.equal(Vocabulary.of(["ab"], { level }).mark, undefined);
    }
  });
});
