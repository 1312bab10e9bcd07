import assert from "node:assert/strict";
import type { Sample } from "../../../site/explorable/messages";
import { sureness } from "../../../site/explorable/sureness";

describe("how sure a network is where it copies", () => {
  const letter = (text: string, probability: number) => ({ text, probability, likeliest: [] });
  const sample = (pieces: Sample["pieces"], probabilities: number[]): Sample => ({
    ...{ prompt: "", copied: 0, longestOwn: 0 },
    pieces,
    letters: [...pieces.map(({ text }) => text).join("")].map((text, index) =>
      letter(text, probabilities[index]),
    ),
  });
  const copy = { source: 0, length: 20 };

  it("is the mean over the letters in copied passages, and over the others, characters counted as code points", () => {
    const one = sample(
      [
        { text: "a\u{1f600}", copy, ends: true },
        { text: "b", ends: false },
      ],
      [0.9, 0.7, 0.1],
    );
    const other = sample([{ text: "cd", ends: false }], [0.2, 0.3]);
    const { copied, other: rest } = sureness([one, other]);
    assert.ok(Math.abs(copied! - 0.8) < 1e-12);
    assert.ok(Math.abs(rest! - 0.2) < 1e-12);
  });

  it("is unknown of what there is not", () => {
    assert.deepEqual(sureness([sample([{ text: "x", ends: false }], [0.5])]), {
      copied: undefined,
      other: 0.5,
    });
  });
});
