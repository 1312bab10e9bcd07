import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { numbered, numbersOf } from "../../../lib/show/overlay/numbered";
import { overlay } from "../../../lib/show/overlay/overlay";
import { ansi } from "../../../lib/show/overlay/in-terminal";
import { TextLibrary } from "../../../lib/text/library";
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { trace, type Trace } from "../../../lib/trace/trace";
import { TraceIndex } from "../../../lib/trace/on-disk/trace-index";
import { textOf } from "../../trace/texts";

const contents = [
  "Nothing of this is learned.",
  "The cat sat on the mat and slept.",
  "A dog barked at the moon all night.",
];
const sample = "the mat and slept. A dog barked at the moon";
const sources = contents.map((text, index) => ({ text, title: `Book ${index}`, heldOut: index === 0 }));

/** All numbers and colours that an overlay shows. */
const marks = (traced: Trace) => overlay(traced).match(/\[\d+\]|#[0-9a-f]{6}/g);

describe("numbered(trace)", () => {
  it("shows the same numbers and colours whether a library's training or its texts are traced", async () => {
    const library = await TextLibrary.open(sources, { validation: 0 });
    const [training, texts] = [library.training, library.texts].map((each) =>
      trace(sample, each, { minLength: 15 }),
    );
    assert.equal(training.texts.length, 2);
    assert.match(
      ansi(training, { color: false }),
      /\[2\] Book 1.*\n\[3\] Book 2|\[3\] Book 2.*\n\[2\] Book 1/,
    );
    assert.equal(ansi(training, { color: true }), ansi(texts, { color: true }));
    assert.deepEqual(marks(training), marks(texts));
  });

  it("does so for short texts that are held out, and by an index", async function () {
    const folder = await mkdtemp(path.join(tmpdir(), "palimpsest-numbered-"));
    const library = TextLibrary.ofTexts(
      Array.from(
        { length: 20 },
        (_, index) => `Poem ${index}: ${"a frog of its own jumps ".repeat(index + 1)}`,
      ),
      { validation: 0.3 },
    );
    const index = await TraceIndex.open(path.join(folder, "index"), library.training);
    for (const number of [0, 7, 19]) {
      const { content } = library.texts[number];
      const isLearned = library.training.some((part) => part.content === content);
      for (const traced of [trace(content, library.training), index.trace(content)]) {
        const { passages } = numbered(traced);
        const whole = passages.filter(({ end, start }) => end - start === content.length);
        if (isLearned) assert.ok(whole[0].sources.some(({ text }) => text === number));
        assert.deepEqual(
          numbered(traced).passages.map(({ sources }) => sources.map(({ text }) => text)),
          traced.passages.map((passage) =>
            passage.sources.map(({ text }) =>
              library.texts.findIndex((one) => one.content === traced.texts[text].content),
            ),
          ),
        );
      }
    }
    index.close();
    await rm(folder, { recursive: true });
  });

  it("does so for texts that are read from disk", async function () {
    this.timeout(20_000);
    const folder = await mkdtemp(path.join(tmpdir(), "palimpsest-numbered-"));
    const given = contents.map((content, index) => ({
      ...{
        file: path.join(folder, `${index}.txt`),
        content: content.repeat(20),
        title: `Book ${index}`,
        heldOut: index === 0,
      },
    }));
    for (const { file, content } of given) await writeFile(file, content);
    const files = given.map(({ file, title, heldOut }) => ({ file, title, heldOut }));
    const library = await StreamedLibrary.open(files, { validation: 0, cache: path.join(folder, "cache") });
    const index = await TraceIndex.open(path.join(folder, "index"), library.training, { minLength: 15 });
    const [training, texts] = [library.training, library.texts].map((each) =>
      trace(sample, each, { minLength: 15 }),
    );
    assert.deepEqual(marks(training), marks(texts));
    assert.deepEqual(marks(index.trace(sample)), marks(texts));
    library.close();
    index.close();
    await rm(folder, { recursive: true });
  });

  it("puts texts of no library, and second parts of a text, behind the others", () => {
    const one = textOf("one");
    assert.deepEqual(numbersOf([one, one]), [0, 1]);
    assert.deepEqual(
      numbersOf([one, { ...one, index: 4 }, { ...one, index: 2 }, { ...one, index: 4 }]),
      [5, 4, 2, 6],
    );
  });
});
