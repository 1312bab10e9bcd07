import assert from "node:assert/strict";
import { copiesOf } from "../../../bench/tracing/index-library";
import { textOf } from "../../trace/texts";

const texts = ["abcdefghij".repeat(400), "0123456789".repeat(300)].map((content) => textOf(content));

describe("copiesOf(texts, characters)", () => {
  const library = [...copiesOf(texts, 20_000)];

  it("is as long as asked for, to a text, and the same each time", () => {
    const length = library.reduce((sum, { content }) => sum + content.length, 0);
    assert.ok(length >= 20_000 && length < 24_000);
    assert.deepEqual([...copiesOf(texts, 20_000)], library);
  });

  it("begins with the texts as they are", () => {
    assert.deepEqual(
      library.slice(0, 2).map(({ content }) => content),
      texts.map(({ content }) => content),
    );
  });

  it("goes on with copies of the same length that differ in single characters, each in others", () => {
    const differing = [2, 4].map((number) => {
      const { content } = library[number];
      assert.equal(content.length, texts[0].content.length);
      return Array.from(content).flatMap((letter, at) => (letter === texts[0].content[at] ? [] : [at]));
    });
    for (const places of differing) assert.ok(places.length > 0 && places.length < 40);
    assert.notDeepEqual(differing[0], differing[1]);
  });
});
