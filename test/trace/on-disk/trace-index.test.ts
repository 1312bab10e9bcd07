import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { ownerName, thisProcess } from "../../../lib/base/files/owner";
import type { Progress } from "../../../lib/base/progress";
import { random } from "../../../lib/base/random";
import type { Part, Text } from "../../../lib/text/text";
import { trace, type TraceOptions } from "../../../lib/trace/trace";
import { TraceIndex } from "../../../lib/trace/on-disk/trace-index";
import { partOf, textOf } from "../texts";

const folder = mkdtempSync(path.join(tmpdir(), "palimpsest-index-"));
const index = path.join(folder, "index");

after(() => rmSync(folder, { recursive: true, force: true }));

const ahab = textOf(
  "Call me Ishmael.\nSome years ago, never mind how long precisely,\n",
  "Moby-Dick",
  "Melville",
);
const emma = textOf("Some years ago, never mind how,\nEmma Woodhouse was handsome.\n", "Emma");

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

describe("TraceIndex.open(folder, texts)", () => {
  it("builds an index, and opens it without building it again", async () => {
    const events: Progress[] = [];
    const onProgress = (progress: Progress) => void events.push(progress);
    (await TraceIndex.open(index, [ahab, emma], { onProgress })).close();
    assert.ok(
      events.some(({ done, total }) => done === total && total === ahab.content.length + emma.content.length),
    );
    events.length = 0;
    (await TraceIndex.open(index, [ahab, emma], { onProgress })).close();
    assert.deepEqual(events, []);
  });

  it("builds it anew for other texts, other names and other options, and leaves nothing beside it", async () => {
    const changes: [readonly (Text | Part)[], TraceOptions][] = [
      [[emma, ahab], {}],
      [[emma], {}],
      [[{ ...emma, title: "Emma, 1815" }], {}],
      [[partOf(emma, 5)], {}],
      [[partOf(emma, 5)], { minLength: 9 }],
      [[partOf(emma, 5)], { minLength: 9, ignoreCase: true }],
      [[partOf(emma, 5)], { minLength: 9, collapseWhitespace: true }],
      [[partOf(emma, 5), emma], { minLength: 9, collapseWhitespace: true }],
    ];
    for (const [texts, options] of changes) {
      let built = 0;
      for (let time = 0; time < 2; time++) {
        (await TraceIndex.open(index, texts, { ...options, onProgress: () => built++ })).close();
        assert.ok(built > 0);
        if (time === 0) built = 0.5; // The second time must not add to it.
      }
      assert.equal(built, 0.5);
    }
    assert.deepEqual(readdirSync(folder), ["index"]);
  });

  it("takes texts one after the other from a function", async () => {
    function* texts() {
      yield ahab;
      yield emma;
    }
    const opened = await TraceIndex.open(index, texts, { minLength: 9 });
    assert.deepEqual(
      opened.texts.map(({ title }) => title),
      ["Moby-Dick", "Emma"],
    );
    opened.close();
  });

  it("opens what is there where no texts are given, and says so where nothing is", async () => {
    (await TraceIndex.open(index, [ahab], { minLength: 9 })).close();
    const opened = await TraceIndex.open(index);
    assert.equal(opened.minLength, 9);
    assert.equal(opened.trace("Call me Ishmael").passages.length, 1);
    opened.close();
    const none = path.join(folder, "none");
    await assert.rejects(TraceIndex.open(none), {
      message: `Expected an index in ${none}, found none; give the texts and it is built`,
    });
  });

  it("leaves an index as it is where a new one could not be built", async () => {
    (await TraceIndex.open(index, [ahab], { minLength: 9 })).close();
    function* failing() {
      yield emma;
      throw new Error("The disk is gone");
    }
    await assert.rejects(TraceIndex.open(index, failing), /The disk is gone/);
    assert.deepEqual(readdirSync(folder), ["index"]);
    (await TraceIndex.open(index)).close();
  });

  it("builds an index of another format anew", async () => {
    (await TraceIndex.open(index, [ahab], { minLength: 9 })).close();
    writeFileSync(path.join(index, "index.json"), JSON.stringify({ format: "palimpsest index 0" }));
    const opened = await TraceIndex.open(index, [ahab], { minLength: 9 });
    assert.equal(opened.trace("Call me Ishmael").passages.length, 1);
    opened.close();
  });

  it("lets several open the same one at once, in a process that has none yet", async () => {
    const texts = [textOf(written(1, 3000)), textOf(written(2, 3000))];
    const sample = texts[1].content.slice(100, 200);
    const all = await Promise.all([1, 2, 3, 4].map(() => TraceIndex.open(index, texts)));
    for (const opened of all) {
      assert.equal(opened.trace(sample).passages.length, 1);
      opened.close();
    }
    assert.deepEqual(readdirSync(path.dirname(index)), [path.basename(index)]);
  });

  it("removes what a process has left that was killed while it built one", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    for (const name of [".index.0.part", `.index.${pid}.part`, `.other.${pid}.part`]) {
      const part = path.join(
        path.dirname(index),
        name.replace(".0.", `.${ownerName({ ...thisProcess(), pid })}-1.`),
      );
      mkdirSync(part);
      writeFileSync(path.join(part, "records"), "half of th");
    }
    (await TraceIndex.open(index, [textOf(written(1, 3000))])).close();
    assert.deepEqual(readdirSync(path.dirname(index)), [path.basename(index)]);
  });

  it("says which lengths it can find", async () => {
    await assert.rejects(
      TraceIndex.open(index, [ahab], { minLength: 6 }),
      /at least 7, got 6; `trace` finds/,
    );
    const opened = await TraceIndex.open(index, [ahab], { minLength: 9 });
    assert.throws(
      () => opened.trace("", { minLength: 8 }),
      /`minLength` >= 9.*got 8; open it with the smaller/,
    );
    assert.throws(() => opened.trace("", { maxOccurrences: 0 }), /`maxOccurrences`.*got 0/);
    opened.close();
  });
});

describe("TraceIndex", () => {
  it("gives its texts with their content, also once it is closed", async () => {
    const texts = [ahab, partOf(emma, 5), textOf("Ἰλιάς 😀 “Iliad”"), textOf("")];
    for (const ignoreCase of [false, true]) {
      const opened = await TraceIndex.open(index, texts, { ignoreCase });
      opened.close();
      assert.deepEqual(JSON.parse(JSON.stringify(opened.texts)), texts);
    }
  });

  it("gives a piece of each text without reading the rest", async () => {
    const texts = [ahab, partOf(emma, 5), textOf("Ἰλιάς 😀 “Iliad”"), textOf("")];
    for (const ignoreCase of [false, true]) {
      const opened = await TraceIndex.open(index, texts, { ignoreCase });
      opened.close();
      for (const [number, { content }] of texts.entries()) {
        for (const [from, to] of [
          [0, 8],
          [5, 5],
          [3, 1000],
          [900, 1000],
        ])
          assert.equal(opened.texts[number].slice?.(from, to), content.slice(from, to));
      }
    }
  });

  it("reads a piece of a text by its offsets in the whole text", async () => {
    const opened = await TraceIndex.open(index, [ahab, partOf(emma, 5), textOf("Ἰλιάς")], {
      foldQuotes: true,
    });
    assert.equal(opened.contentAt(0, 8, 15), "Ishmael");
    assert.equal(opened.contentAt(1, 0, 10), "years");
    assert.equal(opened.contentAt(2, 3, 99), "άς");
    opened.close();
  });

  it("finds longer passages than those it was built for", async () => {
    const opened = await TraceIndex.open(index, [ahab, emma], { minLength: 9 });
    const sample = "Some years ago, never mind how long. Call me Ishmael.";
    for (const minLength of [9, 20, 40]) {
      assert.deepEqual(opened.trace(sample, { minLength }), {
        ...trace(sample, [ahab, emma], { minLength }),
        texts: opened.texts,
      });
    }
    opened.close();
  });

  it("is about five bytes a character beside the texts", async () => {
    const text = textOf(written(1, 200_000));
    (await TraceIndex.open(index, [text])).close();
    const bytes = (file: string) => statSync(path.join(index, file)).size;
    assert.equal(bytes("compared"), text.content.length + 4 * Math.ceil(text.content.length / 4096)); // with checksums
    const rest = bytes("records") + bytes("directory") + bytes("places");
    assert.ok(rest < 5.5 * text.content.length, `${rest} bytes`);
  });
});

/** Words in which phrases repeat as they do in a language, with line breaks. */
function written(seed: number, length: number): string {
  const draw = random(seed);
  const words = Array.from({ length: 300 }, () =>
    Array.from({ length: 2 + Math.floor(7 * draw()) }, () => "etaoinshrdlu"[Math.floor(12 * draw())]).join(
      "",
    ),
  );
  let text = "";
  while (text.length < length) {
    text += words[Math.floor(words.length * draw() ** 3)] + (draw() < 0.1 ? "\n" : " ");
  }
  return text;
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
