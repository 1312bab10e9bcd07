import assert from "node:assert/strict";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { rememberedTexts, rememberTexts } from "../../../cli/options/remembered-texts";
import { importKeras } from "../../../lib/network/keras/import";
import { saveKeras } from "../../../lib/network/keras/keras-file";
import { saveLayersModel } from "../../../lib/network/keras/layers-model";
import type { Model } from "../../../lib/network/model";
import { tf } from "../../../lib/network/tensorflow";
import { exportWeb } from "../../../web/export";
import { readBook } from "../../../lib/text/sources/gutenberg/book";
import { Catalogue } from "../../../lib/text/sources/gutenberg/catalogue";
import { downloadBook } from "../../../lib/text/sources/gutenberg/download";
import { couldNotUnzip } from "../../../lib/text/packed/packed";
import { random } from "../../../lib/base/random";
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { levels } from "../../../lib/text/tokens/vocabulary";
import { TraceIndex } from "../../../lib/trace/on-disk/trace-index";
import { loadModel, resumeTraining } from "../../../lib/train/saved/checkpoint";
import { checkpointFolder } from "../../../lib/train/saved/run-folder";
import { decodeModel, saveModel } from "../../../lib/train/saved/model-file";
import { Training } from "../../../lib/train/training";
import { bytesOf } from "../../../web/beside/base64";
import { libraryFile, networkFile } from "../../../web/beside/names";
import type { PackedLibrary } from "../../../web/beside/traced-in";
import { unpackLibrary, unpackNetwork } from "../../../web/beside/unpack";
import { gunzipSync as gunzippedInPage } from "../../../web/node/zlib";
import { digestOf, eventsOf, smallLibrary, smallParams } from "../small";

/** Flips and cuts of all kinds of files together, a multiple of a hundred; what each of them does follows from the seed. */
const harms = Number(process.env.PALIMPSEST_HARMS ?? 1000);
const seed = Number(process.env.PALIMPSEST_SEED ?? 11);
let tried = 0;

interface Kind {
  /** Within the scratch folder: a file, or a folder with all its files. */
  readonly place: string;
  /** Of a thousand. */
  readonly share: number;
  /** What is read of it, to compare; throws where it is refused, or put aside with a word of it. */
  readonly read: (copy: string) => Promise<string>;
  /** What an error has to name, where that is not the path. */
  readonly name?: (file: string) => string;
  /** Whether nothing but cuts is tried. */
  readonly onlyCut?: boolean;
  /** Whether nothing need be refused, because what is broken is made anew. */
  readonly renewed?: boolean;
}

describe("a file in which a bit was flipped, or that was cut", () => {
  const scratch = mkdtempSync(path.join(tmpdir(), "palimpsest-harm-"));
  const at = (place: string) => path.join(scratch, place);
  const library = smallLibrary();
  const sample = library.texts[1].content.slice(100, 300);
  const book = `Title: Sea\n\n*** START OF THE PROJECT GUTENBERG EBOOK SEA ***\n\n${library.texts[0].content}\n\n`;
  const mirror = at("mirror");

  before(async function () {
    this.timeout(60_000);
    const training = await Training.start(library, { ...smallParams, iterations: 2 });
    await eventsOf(training, { checkpoints: at("run"), checkpointEvery: 1, sampleEvery: 0 });
    const { model } = training;
    await saveModel(model, at("half.palimpsest"), { precision: "fp16" });
    await saveModel(model, at("rows.palimpsest"), { precision: "int8" });
    await saveModel(model, at("poet.palimpsest"));
    await saveKeras(model, at("poet.keras"));
    await saveLayersModel(model, at("tfjs"));
    await exportWeb(model, library, at("web"));
    training.dispose();
    // The rest of the page is code.
    for (const name of readdirSync(at("web")).filter((one) => ![networkFile, libraryFile].includes(one)))
      rmSync(path.join(at("web"), name));
    await rememberTexts(at("remembered"), {
      texts: ["sea.txt", "corpus:moby-dick"],
      weights: [1, 2.5],
      validation: 0.1,
    });
    (await TraceIndex.open(at("index"), library.texts, { foldQuotes: true })).close();
    writeFileSync(at("sea.txt"), `${library.texts[0].content} \u{1f40b}`);
    await readStream(at("streams"));
    fillMirror();
    await Catalogue.open({ cache: at("catalogue"), mirrors: [mirror] });
    await downloadBook(7, { cache: at("books"), mirrors: [mirror] });
  });
  after(() => rmSync(scratch, { recursive: true }));

  function fillMirror(): void {
    const [feeds, books] = ["cache/epub/feeds", "cache/epub/7"].map((name) => path.join(mirror, name));
    for (const folder of [feeds, books]) mkdirSync(folder, { recursive: true });
    const rows = Array.from(
      { length: 40 },
      (_, id) => `${id + 1},Text,1996-12-01,Book ${id},en,"Brontë, Emily",Love stories,Gothic`,
    );
    const head = "Text#,Type,Issued,Title,Language,Authors,Subjects,Bookshelves";
    writeFileSync(path.join(feeds, "pg_catalog.csv.gz"), gzipSync([head, ...rows].join("\r\n")));
    writeFileSync(
      path.join(books, "pg7.txt"),
      `${book}*** END OF THE PROJECT GUTENBERG EBOOK SEA ***\n\nThe licence.\n`,
    );
  }

  /** Everything of a network that was read. */
  function told(model: Model): string {
    const { params, vocabulary } = model;
    const weights = tf.tidy(() =>
      Array.from(model.weights, ([name, weight]) => [name, [...weight.dataSync()]]),
    );
    model.dispose();
    return JSON.stringify({ params, vocabulary, weights });
  }

  /** Everything of a training that goes on. */
  function toldOf(training: Training): string {
    const { params, vocabulary } = training.model;
    const all = JSON.stringify({
      params,
      vocabulary,
      position: training.position,
      digest: digestOf(training),
    });
    training.dispose();
    return all;
  }

  /** Of a run that goes on from the checkpoint before, the warning is thrown. */
  async function readRun(run: string): Promise<string> {
    const warnings: string[] = [];
    const emit = process.emitWarning;
    process.emitWarning = (warning: string | Error) => void warnings.push(String(warning));
    try {
      const training = await resumeTraining(run, library);
      const { iteration } = training.position;
      const content = toldOf(training);
      if (warnings.length === 0) return content;
      assert.equal(content, toldOf(await resumeTraining(checkpointFolder(at("run"), iteration), library)));
      throw new Error(warnings.join("\n"));
    } finally {
      process.emitWarning = emit;
    }
  }

  async function readIndex(folder: string, texts?: typeof library.texts): Promise<string> {
    const index = await TraceIndex.open(folder, texts, texts ? { foldQuotes: true } : {});
    try {
      const { passages } = index.trace(sample);
      return JSON.stringify([passages, index.texts.map((text) => ({ ...text, content: text.content }))]);
    } finally {
      index.close();
    }
  }

  /** Reads prepared texts, as characters and as words; prepares them where they are not. */
  async function readStream(cache: string): Promise<string> {
    const library = await StreamedLibrary.open([at("sea.txt")], { cache });
    try {
      const all: unknown[] = [library.texts.map(({ content }) => content), library.statistics()];
      for (const level of levels) {
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

  /** Reads what an exported page reads, by its own means; its texts also as they are unpacked in a browser. */
  async function readPage(folder: string): Promise<string> {
    const [packed, packedTexts] = [networkFile, libraryFile].map((name) => handedOver(folder, name));
    const { model } = await decodeModel(unpackNetwork(packed), networkFile);
    const network = told(model);
    const unpackedInPage = () => {
      const bytes = bytesOf(packedTexts, libraryFile);
      const { buffer } = gunzippedInPage(bytes, { info: true, maxOutputLength: 2 ** 20 });
      return JSON.parse(new TextDecoder().decode(buffer)) as PackedLibrary;
    };
    const ways = [() => unpackLibrary(packedTexts), unpackedInPage];
    const texts = await Promise.allSettled(ways.map(async (unpack) => unpack()));
    for (const each of texts)
      if (each.status === "fulfilled") assert.deepEqual(each.value.parts, library.training);
    for (const each of texts) if (each.status === "rejected") throw couldNotUnzip(libraryFile, each.reason);
    return network;
  }

  /** What a script of an exported page hands over. */
  function handedOver(folder: string, name: string): string {
    let found: string | undefined;
    const palimpsest = (from: string, packed: string) => {
      if (from === name) found = packed;
    };
    try {
      vm.runInNewContext(readFileSync(path.join(folder, name), "utf8"), { palimpsest });
    } catch {
      // A browser goes on, too: `load.ts` sees that nothing has come.
    }
    if (typeof found !== "string") throw new Error(`${name} is damaged`);
    return found;
  }

  /** Of what is put aside and fetched again, as of what is read from there instead, the word of it is thrown. */
  async function readCatalogue(cache: string): Promise<string> {
    const { entries, notice } = await Catalogue.open({ cache, mirrors: [mirror], maximumAge: 1e6 });
    const content = JSON.stringify(entries);
    if (notice === "") return content;
    assert.equal(content, await readCatalogue(at("catalogue")));
    throw new Error(notice);
  }

  async function readCached(cache: string): Promise<string> {
    const notices: string[] = [];
    const { content } = await readBook(await downloadBook(7, { cache, mirrors: [mirror], notices }));
    if (notices.length === 0) return content;
    assert.equal(content, await readCached(at("books")));
    throw new Error(notices.join("\n"));
  }

  const network = async (copy: string) => told(await loadModel(copy));
  const keras = async (copy: string) => told(await importKeras(copy));
  const kinds: Record<string, Kind> = {
    "of a checkpoint": { place: "run/iteration-0000002", share: 120, read: network },
    "of a checkpoint that is gone on from": {
      place: "run/iteration-0000002",
      share: 120,
      read: async (copy) => toldOf(await resumeTraining(copy, library)),
    },
    "of a run that is gone on with": { place: "run", share: 100, read: readRun },
    "with a network": { place: "poet.palimpsest", share: 80, read: network },
    "with a network in half precision": { place: "half.palimpsest", share: 60, read: network },
    "with a network in eight bits": { place: "rows.palimpsest", share: 60, read: network },
    "of Keras": { place: "poet.keras", share: 80, read: keras },
    "of TensorFlow.js": { place: "tfjs", share: 120, read: keras },
    "of an index that is opened as it is": { place: "index", share: 120, read: (copy) => readIndex(copy) },
    "of an index that is opened with its texts": {
      place: "index",
      share: 20,
      read: (copy) => readIndex(copy, library.texts),
      renewed: true,
    },
    "of prepared texts": { place: "streams", share: 40, read: readStream, renewed: true },
    "of an exported page": { place: "web", share: 40, read: readPage, name: path.basename },
    "with the texts that a run remembers": {
      place: "remembered",
      share: 20,
      read: async (copy) => JSON.stringify(await rememberedTexts(copy)),
    },
    "with Project Gutenberg's catalogue": { place: "catalogue", share: 10, read: readCatalogue },
    // Theirs, as it came: nothing tells of a letter that has become another one.
    "with a book of Project Gutenberg": { place: "books", share: 10, read: readCached, onlyCut: true },
  };

  for (const [
    name,
    { place, share, read, name: nameOf = String, onlyCut = false, renewed = false },
  ] of Object.entries(kinds)) {
    it(`${name} is never read as something else, and named where it is refused`, async function () {
      this.timeout(180_000);
      const original = at(place);
      const copy = path.join(scratch, "copy", path.basename(place));
      const expected = await read(original);
      const files = filesIn(original);
      const draw = random(seed);
      const tensors = tf.memory().numTensors;
      let refused = 0;
      for (let harm = 0; harm < Math.round((share * harms) / 1000); harm++) {
        rmSync(path.dirname(copy), { recursive: true, force: true });
        cpSync(original, copy, { recursive: true, preserveTimestamps: true });
        const file = path.join(copy, files[harm % files.length]);
        const bytes = readFileSync(file);
        const byte = Math.floor(bytes.length * draw());
        const isCut = draw() < 0.25 || onlyCut;
        if (!isCut) bytes[byte] ^= 1 << Math.floor(8 * draw());
        writeFileSync(file, isCut ? bytes.subarray(0, byte) : bytes);
        const where = `${path.relative(scratch, file)}, ${isCut ? "cut at" : "a bit flipped in"} ${byte}, number ${harm} of the seed ${seed}`;
        let result = expected;
        try {
          result = await read(copy);
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error;
          refused++;
          assert.ok((error as Error).message.includes(nameOf(file)), `${where}: no name in ${String(error)}`);
        }
        assert.ok(result === expected, `${where}: read as something else, and nobody was told`);
        tried++;
      }
      assert.ok(refused > 0 || renewed, "nothing was refused");
      assert.equal(tf.memory().numTensors, tensors);
    });
  }

  it("was tried a thousand times, or as often as was asked for", () => assert.equal(tried, harms));
});

/** By their paths within a folder; "" where it is a file itself. Only those with something in them. */
function filesIn(place: string): string[] {
  if (statSync(place).isFile()) return [""];
  return readdirSync(place, { recursive: true, encoding: "utf8" }).filter((name) => {
    const there = statSync(path.join(place, name));
    return there.isFile() && there.size > 0;
  });
}
