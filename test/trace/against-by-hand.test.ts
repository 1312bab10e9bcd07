import assert from "node:assert/strict";
import fc from "fast-check";
import { trace, type TraceOptions } from "../../lib/trace/trace";
import type { Part, Text } from "../../lib/text/text";
import { traceByHand } from "./by-hand";
import { partOf, textOf } from "./texts";

/** Texts of few different characters, in which long copies come about by chance, and parts of them. */
function library(characters: string[]): fc.Arbitrary<(Text | Part)[]> {
  const content = fc.string({ unit: fc.constantFrom(...characters), maxLength: 60 });
  const whole = content.map((words) => textOf(words));
  const part = fc.tuple(content, fc.nat(30)).map(([words, start]) => {
    const text = textOf(`\n${words}`);
    const splits = /[\udc00-\udfff]/.test(text.content.charAt(start));
    return partOf(text, splits ? start + 1 : start);
  });
  return fc.array(fc.oneof(whole, part), { maxLength: 4 });
}

/** Samples of pieces of texts, of the texts whole, and of nothing. */
function patchwork(characters: string[]): fc.Arbitrary<[string, (Text | Part)[]]> {
  return library(characters).chain((texts) => {
    const all = [...texts.map(({ content }) => content).join("")];
    const piece = fc
      .tuple(fc.nat(all.length), fc.nat(40))
      .map(([at, length]) => all.slice(at, at + length).join(""));
    const pieces = fc.array(piece, { maxLength: 3 }).map((one) => one.join(""));
    const whole = fc.nat(3).map((index) => texts[index]?.content ?? "");
    return fc.tuple(fc.oneof({ weight: 4, arbitrary: pieces }, whole), fc.constant(texts));
  });
}

/** Lengths on both sides of those at which another way of searching begins. */
const exactly = fc.record({
  minLength: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 7, max: 32 })),
  maxOccurrences: fc.constantFrom(1, 2, Infinity),
});
const alike = fc.record({
  minLength: fc.integer({ min: 1, max: 16 }),
  maxOccurrences: fc.constantFrom(1, 100),
  ignoreCase: fc.boolean(),
  collapseWhitespace: fc.boolean(),
  foldQuotes: fc.boolean(),
});

function findsTheSame(sample: string, texts: (Text | Part)[], options: TraceOptions): void {
  assert.deepEqual(trace(sample, texts, options).passages, traceByHand(sample, texts, options));
}

describe("trace finds what looking up every stretch at every place finds", () => {
  const alphabets = {
    "two letters": ["a", "b"],
    "three letters and line feeds": ["a", "b", "c", "\n"],
    "surrogate pairs with the same halves, and halves alone": ["a", "😀", "😁", "\ud83d", "\ude00"],
  };
  for (const [name, characters] of Object.entries(alphabets)) {
    it(`for ${name}`, () => {
      const sample = fc.string({ unit: fc.constantFrom(...characters), maxLength: 40 });
      fc.assert(
        fc.property(sample, library(characters), exactly, (words, texts, options) =>
          findsTheSame(words, texts, options),
        ),
        { numRuns: 1000 },
      );
    });
  }

  const patches = {
    letters: ["a", "b", "c", "d", "\n"],
    "surrogate pairs": ["😀", "😁", "🀀", "b"],
    "characters with the same low byte": ["a", "š", "慡", "b"],
  };
  for (const [name, characters] of Object.entries(patches)) {
    it(`for samples patched together from pieces of texts of ${name}`, () => {
      fc.assert(
        fc.property(patchwork(characters), exactly, ([sample, texts], options) =>
          findsTheSame(sample, texts, options),
        ),
        { numRuns: 1000 },
      );
    });
  }

  const folded = {
    "white space": ["a", "b", " ", "\n", "\t", "\u2003"],
    "letters in two cases": ["a", "A", "σ", "ς", "Σ", "ß", "İ", "𐐀", "𐐨"],
    "quotes and dashes": ['"', "“", "'", "’", "-", "—", "a"],
    "all of these": ["a", "A", " ", "\n", "’", "'", "𐐀", "𐐨", "\ud801"],
    "what is written with several characters elsewhere": [
      "a",
      "b",
      "-",
      "—",
      " ",
      "\n",
      ".",
      "…",
      "_",
      "ﬁ",
      "i",
      "f",
      "'",
      "`",
    ],
    "line ends, accents of their own, and what nobody sees": [
      "a",
      "á",
      "b",
      "\u0301",
      "\r",
      "\n",
      "\f",
      "\u00ad",
      "\u200b",
      "\ufeff",
    ],
  };
  for (const [name, characters] of Object.entries(folded)) {
    it(`for all options of comparison, and ${name}`, () => {
      const sample = fc.string({ unit: fc.constantFrom(...characters), maxLength: 30 });
      const free = fc.tuple(sample, library(characters));
      fc.assert(
        fc.property(fc.oneof(free, patchwork(characters)), alike, ([words, texts], options) =>
          findsTheSame(words, texts, options),
        ),
        { numRuns: 750 },
      );
    });
  }

  it("for periodic samples and texts", () => {
    const periodic = fc
      .tuple(fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 4 }), fc.nat(12))
      .map(([piece, times]) => piece.repeat(times));
    const texts = fc.array(
      periodic.map((words) => textOf(words)),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(periodic, texts, exactly, (sample, library, options) =>
        findsTheSame(sample, library, options),
      ),
      { numRuns: 1000 },
    );
  });
});
