import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import type { Progress } from "../../../lib/base/progress";
import { TextLibrary } from "../../../lib/text/library";
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { cut } from "../../../lib/text/parts";
import { measure } from "../../../lib/trace/measure";
import { nearZero } from "../../../lib/trace/near/near-zero";
import { traceNear } from "../../../lib/trace/near/trace-near";
import { TraceIndex } from "../../../lib/trace/on-disk/trace-index";
import { trace } from "../../../lib/trace/trace";
import { madeUp } from "../made-up";
import { textOf } from "../texts";

const phrase = "for the fiscal year ended June the thirtieth";

/** A text that repeats a phrase every so many words, to its end. */
function formulaicText(length: number) {
  const words = madeUp(length).split(" ");
  return textOf(
    words.map((word, index) => (index % 40 === 0 ? `${word} ${phrase}` : word)).join(" "),
    "Report",
  );
}

const formulaic = formulaicText(24_000);

const library = () => new TextLibrary([formulaic], { validation: 0.2 });
const said = `What I said, ${phrase}, and no more.`;

let folder: string;
let at: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "palimpsest-index-zero-"));
  at = path.join(folder, "index");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the zero of an index", () => {
  it("is that of the library whose training parts it has, at each length", async () => {
    const { training } = library();
    const index = await TraceIndex.open(at, training, { minLength: 20, collapseWhitespace: true });
    const traced = index.trace(said);
    const inMemory = trace(said, training, { minLength: 20, collapseWhitespace: true });
    assert.ok((measure(inMemory).zero ?? 0) > 0.05);
    for (const minLength of [20, 30, 60])
      assert.equal(measure(traced, { minLength }).zero, measure(inMemory, { minLength }).zero);
    index.close();
  });

  it("raises the length that nobody has asked for, as trace does", async () => {
    const { training } = library();
    const index = await TraceIndex.open(at, training);
    const [traced, inMemory] = [index.trace(said), trace(said, training)];
    assert.deepEqual([traced.minLength, traced.raised], [inMemory.minLength, true]);
    assert.deepEqual(traced.passages, inMemory.passages);
    assert.equal(index.trace(said, { minLength: 20 }).minLength, 20);
    index.close();
    const asked = await TraceIndex.open(at, training, { minLength: 20 });
    assert.deepEqual([asked.trace(said).minLength, asked.trace(said).raised], [20, false]);
    asked.close();
  });

  it("is kept with the index, which has it when it is opened without its texts", async () => {
    const { training } = library();
    const events: Progress[] = [];
    const onProgress = (progress: Progress) => void events.push(progress);
    const built = await TraceIndex.open(at, training, { onProgress });
    built.close();
    assert.deepEqual(events.at(-1), { label: "Held-out text", done: 1, total: 1, unit: "texts" });
    events.length = 0;
    (await TraceIndex.open(at, training, { onProgress })).close();
    assert.deepEqual(events, []);
    const again = await TraceIndex.open(at);
    again.close();
    assert.deepEqual(again.zero, built.zero);
    assert.deepEqual(again.notices, []);
  });

  it("of texts of no library is that of the last 5 % of each, traced in the rest of them", async () => {
    const index = await TraceIndex.open(at, [formulaic], { minLength: 20 });
    const { training, validation } = cut(formulaic, 0.05);
    const own = measure(trace(validation?.content ?? "", [training], { minLength: 20 }));
    assert.ok(own.copied > 0.05 && own.copied < 0.9);
    assert.equal(measure(index.trace(said)).zero, own.copied);
    assert.equal(measure(index.trace(formulaic.content.slice(-300))).copied, 1);
    assert.equal(index.training[0].content, training.content);
    index.close();
  });

  it("is not known of an index from before there were zeros; it says so, and opened with its texts it is measured", async () => {
    const { training } = library();
    const built = await TraceIndex.open(at, training);
    built.close();
    rmSync(path.join(at, "zero.json"));
    const old = await TraceIndex.open(at);
    assert.equal(old.zero, undefined);
    assert.ok(!("zero" in old.trace(said)));
    assert.match(
      old.notices[0],
      /open it once with its texts, as `TraceIndex.open\(folder, library.training\)`/,
    );
    old.close();
    const built2: string[] = [];
    const anew = await TraceIndex.open(at, training, { onProgress: ({ label }) => void built2.push(label) });
    assert.deepEqual([...new Set(built2)], ["Held-out text"]);
    assert.deepEqual(anew.zero, built.zero);
    anew.close();
  });

  it("is measured again where its file is damaged, and where a library holds out other text", async () => {
    const { training } = library();
    const built = await TraceIndex.open(at, training);
    built.close();
    const file = path.join(at, "zero.json");
    const written = readFileSync(file, "utf8");
    writeFileSync(file, written.replace(/\d/, "7"));
    (await TraceIndex.open(at, training)).close();
    assert.equal(readFileSync(file, "utf8"), written);
    const ends = await TraceIndex.open(at, [...training]);
    ends.close();
    assert.deepEqual(ends.zero, built.zero);
    const other = new TextLibrary([formulaic, { ...textOf(madeUp(9_000, 3)), heldOut: true }], {
      validation: 0.2,
    });
    const opened = await TraceIndex.open(at, other.training);
    opened.close();
    assert.notDeepEqual(opened.zero, built.zero);
  });

  it("is not known where too little is held out", async () => {
    const index = await TraceIndex.open(at, [textOf(madeUp(4_000))]);
    index.close();
    assert.deepEqual([index.zero, index.notices.length], [undefined, 0]);
  });
});

describe("TraceIndex.traceNear(sample)", () => {
  it("finds what traceNear finds in the same texts, with all options", async () => {
    const letter = fc.constantFrom("a", "b", " ", "\n", "“", "É", "e\u0301", "\u00ad", "😀");
    const words = (length: number) => fc.array(letter, { maxLength: length }).map((all) => all.join(""));
    const options = fc.record({
      ignoreCase: fc.boolean(),
      collapseWhitespace: fc.boolean(),
      foldQuotes: fc.boolean(),
    });
    const near = { minLength: 8, share: 0.2, gap: 3 };
    await fc.assert(
      fc.asyncProperty(words(40), words(120), words(60), options, async (sample, one, other, compared) => {
        const texts = [textOf(one), { ...textOf(other), start: 7, firstLine: 3 }];
        const copied = `${sample}${one.slice(5, 40)}`;
        const index = await TraceIndex.open(at, texts, { minLength: 8, ...compared });
        try {
          const { passages } = index.traceNear(copied, near);
          assert.deepEqual(passages, traceNear(copied, texts, { ...near, ...compared }).passages);
        } finally {
          index.close();
        }
      }),
      { numRuns: 30 },
    );
  });

  it("has its zero beside it once that is made, which is kept with the index", async () => {
    const { training, validation } = new TextLibrary([formulaicText(9_000)], { validation: 0.2 });
    const index = await TraceIndex.open(at, training, { collapseWhitespace: true });
    assert.equal(index.traceNear(said).zero, undefined);
    const zero = await index.nearZero();
    const known = await nearZero({ training, validation }, { folder, collapseWhitespace: true });
    assert.ok((known?.at(40) ?? 0) > 0.05);
    assert.deepEqual(zero, known);
    const traced = index.traceNear(said);
    assert.equal(traced.zero, zero);
    assert.ok(traced.raised && traced.minLength > 40);
    index.close();
    const again = await TraceIndex.open(at);
    assert.deepEqual(await again.nearZero(), zero);
    again.close();
    assert.equal(readdirSync(path.join(at, "zeros")).length, 1);
  });
});

describe("the zero of a library that is read from disk", () => {
  it("is that of the same library in memory, of its texts as of its training parts, by an index or without", async () => {
    const file = path.join(folder, "report.txt");
    writeFileSync(file, formulaic.content);
    const options = { validation: 0.2 };
    const streamed = await StreamedLibrary.open([file], { ...options, cache: path.join(folder, "streams") });
    const inMemory = await TextLibrary.open([file], options);
    const zero = measure(trace(said, inMemory.training, { minLength: 20 })).zero ?? 0;
    assert.ok(zero > 0.05);
    for (const texts of [inMemory.texts, streamed.training, streamed.texts])
      assert.equal(measure(trace(said, texts, { minLength: 20 })).zero, zero);
    const index = await TraceIndex.open(at, streamed.training, { minLength: 20 });
    assert.equal(measure(index.trace(said)).zero, zero);
    index.close();
    streamed.close();
  });
});
