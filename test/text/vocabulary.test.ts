import assert from "node:assert/strict";
import fc from "fast-check";
import { Vocabulary } from "../../lib/text/vocabulary";

const text = fc.string({ unit: "binary" }).map((string) => string.replaceAll("\ufffd", ""));

describe("Vocabulary", () => {
  it("numbers the characters of its texts by code point, after the unknown one", () => {
    const vocabulary = Vocabulary.of(["bad", "cab 🐋"]);
    assert.deepEqual(vocabulary.characters, ["\ufffd", " ", "a", "b", "c", "d", "🐋"]);
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
    assert.throws(() => Vocabulary.fromJSON({} as { characters: string }), /Expected a vocabulary as/);
    assert.throws(() => Vocabulary.fromJSON({ characters: "aba" }), /each character of a vocabulary once/);
  });
});
