import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { random } from "../../../lib/base/random";
import type { Part, Text } from "../../../lib/text/text";
import { trace, type TraceOptions } from "../../../lib/trace/trace";
import { TraceIndex } from "../../../lib/trace/on-disk/trace-index";
import { partOf, textOf } from "../texts";
import { written } from "./written";

const folder = mkdtempSync(path.join(tmpdir(), "palimpsest-index-"));
const index = path.join(folder, "index");

after(() => rmSync(folder, { recursive: true, force: true }));

/** Asserts that an index finds what `trace` finds. */
async function findsTheSame(
  samples: readonly string[],
  texts: readonly (Text | Part)[],
  { minLength, maxOccurrences, ...comparison }: TraceOptions,
): Promise<void> {
  const opened = await TraceIndex.open(index, texts, { minLength, ...comparison });
  for (const sample of samples) {
    const { passages } = opened.trace(sample, { maxOccurrences });
    assert.deepEqual(passages, trace(sample, texts, { minLength, maxOccurrences, ...comparison }).passages);
  }
  opened.close();
}

describe("TraceIndex finds what trace finds", function () {
  this.timeout(240_000); // Each of the many small indexes is written to disk.
  const alphabets = {
    letters: ["a", "b", "c", "\n"],
    "surrogate pairs and halves": ["a", "😀", "😁", "\ud83d", "\ude00"],
    "what options fold": ["a", "A", " ", "\n", "’", "'", "𐐀", "𐐨", "-", "—", "ﬁ", "…", "."],
    "line ends, accents of their own, and what nobody sees": [
      "a",
      "e",
      "\u0301",
      "\r",
      "\n",
      "\u00ad",
      "\ufeff",
    ],
  };
  for (const [name, characters] of Object.entries(alphabets)) {
    it(`for ${name}`, async () => {
      const words = fc.string({ unit: fc.constantFrom(...characters), maxLength: 60 });
      const whole = words.map((content) => textOf(content));
      const part = words.map((content) => partOf(textOf(`\n${content}`), 1));
      const texts = fc.array(fc.oneof(whole, part), { maxLength: 4 });
      const options = fc.record({
        minLength: fc.integer({ min: 7, max: 24 }),
        maxOccurrences: fc.constantFrom(1, 2, Infinity),
        ...(name === "what options fold"
          ? { ignoreCase: fc.boolean(), collapseWhitespace: fc.boolean(), foldQuotes: fc.boolean() }
          : {}),
      });
      const pieces = fc.array(fc.tuple(fc.nat(200), fc.nat(60)), { maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(words, texts, pieces, options, async (free, library, cuts, chosen) => {
          const all = library.map(({ content }) => content).join("");
          const patched = cuts.map(([at, length]) => all.slice(at, at + length)).join("");
          await findsTheSame([free, patched, "", all, library[0]?.content ?? ""], library, chosen);
        }),
        { numRuns: 60 },
      );
    });
  }

  it("for longer texts than are read in one go, and samples from within them", async () => {
    const texts = [written(1, 700_000), written(2, 50_000), written(1, 30_000), ""].map((text) =>
      textOf(text),
    );
    const samples = [0, 524_000, 699_000].map((at) => texts[0].content.slice(at, at + 1500));
    samples.push(texts[1].content.slice(777, 2222) + texts[2].content.slice(5, 700), written(3, 2000));
    await findsTheSame(samples, texts, { minLength: 20 });
    await findsTheSame(samples, texts, { minLength: 50, collapseWhitespace: true });
    await findsTheSame(samples, texts, { minLength: 11, maxOccurrences: 3 });
  });

  it("for copies of a text that differ in single letters, whose ends and beginnings meet", async () => {
    const copy = fc.record({
      from: fc.nat(150),
      length: fc.nat(150),
      edits: fc.array(fc.tuple(fc.nat(150), fc.constantFrom("x", "", "yy", "😀", "\ud83d")), {
        maxLength: 3,
      }),
    });
    const original = `${written(7, 150)}😀${written(8, 150)}`;
    const edited = ({ from, length, edits }: { from: number; length: number; edits: [number, string][] }) =>
      edits.reduce(
        (text, [at, by]) => text.slice(0, at) + by + text.slice(at + 1),
        original.slice(from, from + length),
      );
    const copies = fc.array(copy.map(edited), { minLength: 1, maxLength: 5 });
    const options = fc.record({ minLength: fc.integer({ min: 7, max: 45 }) });
    await fc.assert(
      fc.asyncProperty(copies, copies, options, async (samples, texts, chosen) => {
        await findsTheSame(
          [samples.join(""), original],
          texts.map((content) => textOf(content)),
          chosen,
        );
      }),
      { numRuns: 60 },
    );
  });

  it("for texts of more different characters than have a code", async () => {
    const draw = random(5);
    const han = () => String.fromCharCode(0x4e00 + Math.floor(400 * draw()));
    const text = Array.from({ length: 5000 }, han).join("");
    const samples = [text.slice(100, 180) + text.slice(4000, 4400), text.slice(-90), text.slice(0, 40)];
    await findsTheSame(samples, [textOf(text), textOf(`${text.slice(100, 140)}ア${text.slice(140)}`)], {
      minLength: 20,
    });
  });

  it("for one phrase over and over", async () => {
    const phrase = "the people of the United States, ";
    const numbered = Array.from({ length: 60_000 }, (_, number) => phrase + number).join(";");
    await findsTheSame([`${phrase}and ${phrase}1`, "of the United States"], [textOf(numbered)], {
      minLength: 20,
    });
  });

  it("for one letter over and over, where it reads the texts", async () => {
    const texts = ["a".repeat(40_000), "b", "a".repeat(300)].map((text) => textOf(text));
    await findsTheSame(["a".repeat(500), "ab", `${"a".repeat(250)}b`], texts, { minLength: 20 });
  });
});
