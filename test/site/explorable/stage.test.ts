import assert from "node:assert/strict";
import type { Look, Piece } from "../../../site/explorable/messages";
import { Stages } from "../../../site/explorable/stage";
import { sourceOf } from "../../../site/explorable/view/books";

describe("the stage of a look in the explorable", () => {
  const own = 0;
  const text = (author: string, content: string) => {
    return { title: "", author, source: "string", content, weight: 1 };
  };
  const texts = [
    text("you", "Our tram was late again.\n"),
    text("Herman Melville", "Call me Ishmael.\n"),
    text("Abraham Lincoln", "Fellow citizens, we cannot escape history.\n"),
  ];
  const stages = new Stages(
    texts,
    texts.map((one, index) => sourceOf(one, index)),
    own,
  );
  const plain = (words: string): Piece => ({ text: words, ends: false });
  const copied = (words: string, source: number): Piece => {
    return { text: words, copy: { source, length: 31 }, ends: true };
  };
  const look = (readings: number, pieces: Piece[], longestOwn = 0): Pick<Look, "readings" | "samples"> => {
    return { readings, samples: [{ prompt: "", pieces, letters: [], copied: 0, longestOwn }] };
  };
  const told = (one: ReturnType<typeof look>) => [stages.of(one), stages.inWords(one)];

  it("is chance before the first reading, and noise until half of its words are words", () => {
    assert.deepEqual(told(look(0, [plain("xQ;zfk wqrt lkj")])), [
      "chance",
      "It has read nothing yet, and writes by chance.",
    ]);
    const noise = ["noise", "It writes noise: hardly a word is one."];
    assert.deepEqual(told(look(2, [plain("the tramm cal escope history")])), noise);
    assert.deepEqual(told(look(2, [plain("e a e, t")])), noise);
  });

  it("is words when half of them are in what it reads, also where a piece ends within one", () => {
    assert.deepEqual(told(look(9, [plain("Call the tr"), plain("am agoin, history")])), [
      "words",
      "It writes words by now, and copies nobody.",
    ]);
  });

  it("is books when it copies these, by name, and the visitor only from 30 characters on", () => {
    assert.deepEqual(told(look(20, [copied("we cannot escape", 2), copied("Call me", 1)], 29)), [
      "books",
      "It recites Lincoln and Melville, not yet you.",
    ]);
    const mine = look(33.4, [copied("Our tram was late", own), copied("Call me", 1)], 31);
    assert.deepEqual(told(mine), [
      "own",
      "There: 31 characters of yours, letter for letter, after 33 readings.",
    ]);
  });

  it("is also told where it copied the visitor before, and does, or does not, now", () => {
    const mine = look(44, [copied("Our tram was late", own)], 35);
    assert.equal(
      stages.inWords(mine, { readings: 33.4 }),
      "It first copied you after 33 readings; just now 35 characters in a row.",
    );
    assert.match(stages.inWords(mine, mine), /^There: 35 characters/);
    const words = stages.inWords(look(40, [copied("Call me", 1)]), { readings: 33.4 });
    assert.equal(words, "It first copied you after 33 readings; just now it does not.");
  });
});
