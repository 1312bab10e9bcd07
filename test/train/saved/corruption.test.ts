import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { importKeras } from "../../../lib/network/keras/import";
import { saveKeras } from "../../../lib/network/keras/keras-file";
import type { Model } from "../../../lib/network/model";
import { tf } from "../../../lib/network/tensorflow";
import { random } from "../../../lib/base/random";
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { TraceIndex } from "../../../lib/trace/on-disk/trace-index";
import { loadModel } from "../../../lib/train/saved/checkpoint";
import { saveModel } from "../../../lib/train/saved/model-file";
import { Training } from "../../../lib/train/training";
import { eventsOf, smallLibrary, smallParams } from "../small";

/** Flips and cuts of all kinds of files together. */
const harms = Number(process.env.PALIMPSEST_HARMS ?? 1000);

describe("a file in which a bit was flipped, or that was cut", () => {
  const scratch = mkdtempSync(path.join(tmpdir(), "palimpsest-harm-"));
  const library = smallLibrary();
  const sample = library.texts[1].content.slice(100, 300);
  let training: Training;
  before(async () => {
    training = await Training.start(library, { ...smallParams, iterations: 2 });
    await eventsOf(training, { checkpoints: path.join(scratch, "run"), sampleEvery: 0 });
    await saveModel(training.model, path.join(scratch, "poet.palimpsest"), { precision: "fp16" });
    await saveKeras(training.model, path.join(scratch, "poet.keras"));
    (await TraceIndex.open(path.join(scratch, "index"), library.texts, { foldQuotes: true })).close();
    writeFileSync(path.join(scratch, "sea.txt"), `${library.texts[0].content} \u{1f40b}`);
    await readStream(path.join(scratch, "streams"));
  });
  after(() => {
    training.dispose();
    rmSync(scratch, { recursive: true });
  });

  /** Everything of a network that was read, to compare. */
  function told(model: Model): string {
    const { params, vocabulary } = model;
    const weights = tf.tidy(() =>
      Array.from(model.weights, ([name, weight]) => [name, [...weight.dataSync()]]),
    );
    model.dispose();
    return JSON.stringify({ params, vocabulary, weights });
  }

  async function readIndex(folder: string, texts?: typeof library.texts): Promise<string> {
    const options = texts ? { foldQuotes: true } : {};
    const index = await TraceIndex.open(folder, texts, options);
    try {
      const { passages } = index.trace(sample);
      return JSON.stringify([passages, index.texts.map((text) => ({ ...text, content: text.content }))]);
    } finally {
      index.close();
    }
  }

  /** Reads prepared texts, as characters and as words; prepares them where they are not. */
  async function readStream(cache: string): Promise<string> {
    const library = await StreamedLibrary.open([path.join(scratch, "sea.txt")], { cache });
    try {
      const all: unknown[] = [library.texts.map(({ content }) => content), library.statistics()];
      for (const level of ["characters", "words"] as const) {
        const vocabulary = await library.vocabularyOf({ level, maxWords: 4 });
        await library.prepare(vocabulary);
        for (const { stored } of [...library.training, ...library.validation]) {
          const ids = stored!.ids(vocabulary);
          all.push(await ids.read!(0, ids.length), ids.subarray(1, 5));
        }
        all.push(vocabulary);
      }
      return JSON.stringify(all);
    } finally {
      library.close();
    }
  }

  /** The kinds of files, by what reads them. */
  const kinds: Record<string, { place: string; share: number; read: (copy: string) => Promise<string> }> = {
    "of a checkpoint": {
      place: "run/iteration-0000002",
      share: 0.33,
      read: async (copy) => told(await loadModel(copy)),
    },
    "with a network": {
      place: "poet.palimpsest",
      share: 0.3,
      read: async (copy) => told(await loadModel(copy)),
    },
    "of Keras": { place: "poet.keras", share: 0.1, read: async (copy) => told(await importKeras(copy)) },
    "of an index that is opened as it is": { place: "index", share: 0.2, read: (copy) => readIndex(copy) },
    "of an index that is opened with its texts": {
      place: "index",
      share: 0.02,
      read: (copy) => readIndex(copy, library.texts),
    },
    "of prepared texts": { place: "streams", share: 0.05, read: readStream },
  };

  for (const [name, { place, share, read }] of Object.entries(kinds)) {
    it(`${name} is never read as something else, and named where it is refused`, async function () {
      this.timeout(180_000);
      const original = path.join(scratch, place);
      const copy = path.join(scratch, "copy", path.basename(place));
      const expected = await read(original);
      const files = filesIn(original);
      const draw = random(11);
      const tensors = tf.memory().numTensors;
      let refused = 0;
      for (let harm = 0; harm < share * harms; harm++) {
        rmSync(path.dirname(copy), { recursive: true, force: true });
        cpSync(original, copy, { recursive: true, preserveTimestamps: true });
        const file = path.join(copy, files[harm % files.length]);
        const bytes = readFileSync(file);
        const at = Math.floor(bytes.length * draw());
        const isCut = draw() < 0.25;
        if (!isCut) bytes[at] ^= 1 << Math.floor(8 * draw());
        writeFileSync(file, isCut ? bytes.subarray(0, at) : bytes);
        const where = `${path.relative(scratch, file)}, ${isCut ? "cut at" : "a bit flipped in"} ${at}`;
        let result = expected;
        try {
          result = await read(copy);
        } catch (error) {
          refused++;
          assert.ok((error as Error).message.includes(file), `${where}: no name in ${String(error)}`);
        }
        assert.ok(result === expected, `${where}: read as something else, and nobody was told`);
      }
      assert.ok(
        refused > 0 || name.endsWith("its texts") || name === "of prepared texts",
        "nothing was refused",
      );
      assert.equal(tf.memory().numTensors, tensors);
    });
  }
});

/** By their paths within a folder; "" where it is a file itself. Only those with something in them. */
function filesIn(place: string): string[] {
  if (statSync(place).isFile()) return [""];
  return readdirSync(place, { recursive: true, encoding: "utf8" }).filter((name) => {
    const there = statSync(path.join(place, name));
    return there.isFile() && there.size > 0;
  });
}
