import assert from "node:assert/strict";
import { TextLibrary } from "../../../lib/text/library";

describe("a library of short texts", () => {
  const contents = Array.from({ length: 40 }, (_, index) => `Text number ${index}.`);

  it("holds out whole texts, drawn by a seed", () => {
    const held = (seed: number) =>
      TextLibrary.ofTexts(contents, { validation: 0.25, seed }).validation.map(({ content }) => content);
    assert.equal(held(1).length, 10);
    assert.deepEqual(held(1), held(1));
    assert.notDeepEqual(held(1), held(2));
    const { training, validation } = TextLibrary.ofTexts(contents, { validation: 0.25 });
    assert.deepEqual([...training, ...validation].map(({ content }) => content).sort(), [...contents].sort());
    assert.equal(TextLibrary.ofTexts(["one"]).validation.length, 0);
  });

  it("counts each text, held out or not", () => {
    const library = TextLibrary.ofTexts(contents, { validation: 0.25 });
    for (const { characters, trainingCharacters, validationCharacters, words } of library.statistics()) {
      assert.equal(words, 3);
      assert.equal(characters, trainingCharacters + validationCharacters);
      assert.ok(trainingCharacters === 0 || validationCharacters === 0);
    }
  });

  it("has a mark among its characters, which no text may hold", () => {
    assert.equal(TextLibrary.ofTexts(contents).vocabulary.mark, 1);
    assert.equal(TextLibrary.ofTexts(["a\u0003b"]).texts[0].content, "ab");
    const text = { title: "Bad", author: "", source: "string", content: "a\u0003b", weight: 1 };
    assert.throws(() => new TextLibrary([text]), /Expected words alone in "Bad", found .* U\+0003/);
  });
});
