import assert from "node:assert/strict";
import { sentenceEnd } from "../../lib/generate/sentences";

/** The sentences of a text, and what is left. */
function sentences(text: string): string[] {
  const ends: number[] = [];
  for (let end; (end = sentenceEnd(text, ends.length + 1)) !== undefined;) ends.push(end);
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

describe("sentenceEnd", () => {
  it("tells where the next sentence begins, once it has begun", () => {
    assert.equal(sentenceEnd("It rained. He", 1), 11);
    assert.equal(sentenceEnd("It rained. ", 1), undefined);
    assert.equal(sentenceEnd("It rained. He", 2), undefined);
    assert.equal(sentenceEnd("", 1), undefined);
    assert.equal(sentenceEnd("It rained. Mr. Bennet went out. He", 2), 32);
  });

  it("reads over line breaks within a paragraph, and ends a sentence with it", () => {
    assert.deepEqual(sentences("He went\nhome.\nShe\nstayed\n\nNo"), [
      "He went\nhome.\n",
      "She\nstayed\n",
      "\nNo",
    ]);
  });

  it("goes on after speech that a small letter follows, and over titles", () => {
    assert.deepEqual(sentences('"No!" she said. "Why not?" Mrs. St. John fell. O'), [
      '"No!" she said. ',
      '"Why not?" ',
      "Mrs. St. John fell. ",
      "O",
    ]);
  });

  it("takes no row of marks for a sentence", () => {
    assert.deepEqual(sentences("It ended.\n\n* * *\n\nThen it began. So"), [
      "It ended.\n",
      "\n* * *\n\nThen it began. ",
      "So",
    ]);
  });
});
