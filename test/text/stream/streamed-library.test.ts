import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { TextLibrary } from "../../../lib/text/library";
import type { Part } from "../../../lib/text/text";
import type { Progress } from "../../../lib/base/progress";
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { strippedUpTo } from "../../../lib/text/sources/gutenberg/book";
import { levels, type Level } from "../../../lib/text/tokens/vocabulary";
import { samples } from "../encoding/samples";
import { threads } from "../../../lib/text/batches/threads";
import { windows } from "../../../lib/text/batches/windows";

describe("StreamedLibrary", () => {
  let folder = "";
  let cache = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    cache = path.join(folder, "cache");
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (name: string, content: string | Uint8Array) => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    return file;
  };

  /** Fails unless both libraries have the same texts, vocabularies and batches. */
  const assertSame = async (
    streamed: StreamedLibrary,
    inMemory: TextLibrary,
    sizes = { steps: 7, batchSize: 3 },
    compared: readonly Level[] = levels,
  ) => {
    const plain = (parts: readonly Part[]) =>
      parts.map(({ title, author, source, content, weight, start, firstLine }) => ({
        ...{ title, author, source, content, weight, start, firstLine },
      }));
    assert.deepEqual(plain(streamed.training), plain(inMemory.training));
    assert.deepEqual(plain(streamed.validation), plain(inMemory.validation));
    assert.deepEqual(streamed.statistics(), inMemory.statistics());
    assert.equal(streamed.length, inMemory.length);
    for (const level of compared) {
      const vocabulary = inMemory.vocabularyOf({ level, maxSubwords: 20, maxWords: 30 });
      const own = await streamed.vocabularyOf({ level, maxSubwords: 20, maxWords: 30 });
      assert.deepEqual(own.tokens, vocabulary.tokens);
      await streamed.prepare(own);
      for (const cut of [windows, threads]) {
        const options = { ...sizes, seed: 4 };
        const expected = cut(inMemory.training, vocabulary, options);
        const batches = cut(streamed.training, own, options);
        assert.equal(batches.perEpoch, expected.perEpoch);
        for (const iteration of [0, 1, 2, 9, 1000]) {
          if (iteration % 2) await batches.readAhead?.(iteration);
          assert.deepEqual(batches.at(iteration), expected.at(iteration));
        }
      }
    }
  };

  it("has the texts, the vocabularies and the batches of a library in memory", async () => {
    const words = fc.constantFrom(
      "a",
      "rose",
      "is ",
      " ",
      "\n",
      "\r\n",
      "🐋",
      "—",
      "é",
      "well, ",
      "\ufeff",
      "\u0007",
    );
    const content = fc.array(words, { minLength: 60, maxLength: 400 }).map((all) => `x${all.join("")}`);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 4 }), async (contents) => {
        const name = `run-${++run}`;
        const sources = await Promise.all(
          contents.map(async (text, index) => ({
            file: await write(path.join(name, `${index}.txt`), text),
            weight: index + 1,
          })),
        );
        const streamed = await StreamedLibrary.open(sources, { cache, validation: 0.1 });
        await assertSame(streamed, await TextLibrary.open(sources, { validation: 0.1 }), {
          steps: 5,
          batchSize: 2,
        });
        streamed.close();
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it("reads folders, packed files and other encodings, small ones and large ones", async function () {
    this.timeout(120_000);
    const line = "Well — an old café, “quoted” 🐋 and more of it.\r\n";
    const long = Array.from({ length: strippedUpTo / 50 }, (_, index) => `${index} ${line}`).join("");
    assert.ok(long.length > strippedUpTo);
    const some = long.slice(0, 2 ** 20);
    const latin = Buffer.from(`${"plain ".repeat(2 ** 18)} caf\u00e9\rend \u0093\n`, "latin1");
    const texts = path.join(folder, "texts");
    await write("texts/a.txt", "A small text. ".repeat(20));
    await write("texts/b/long.txt", long);
    await write("texts/b/long.txt.gz", Buffer.concat([gzipSync(some.slice(0, 10000)), gzipSync(some)]));
    await write("texts/latin.txt", latin);
    await write("texts/sixteen.txt", Buffer.from(`\ufeff${some}`, "utf16le"));
    if (spawnSync("zstd", ["--version"]).error) console.log("        (without zstd: not installed)");
    else {
      spawnSync("zstd", ["-q", path.join(texts, "latin.txt"), "-o", path.join(texts, "c.txt.zst")]);
      spawnSync("zstd", ["-q", path.join(texts, "a.txt"), "-o", path.join(texts, "d.txt.zst")]);
    }
    const streamed = await StreamedLibrary.open([texts], { cache });
    await assertSame(streamed, await TextLibrary.open([texts]), { steps: 40, batchSize: 8 }, ["characters"]);
    streamed.close();
  });

  it("knows more characters than two bytes can tell apart", async () => {
    const all = Array.from({ length: 70_000 }, (_, index) => String.fromCodePoint(0x20000 + index)).join("");
    const file = await write("many.txt", all);
    const streamed = await StreamedLibrary.open([file], { cache, validation: 0 });
    const inMemory = await TextLibrary.open([file], { validation: 0 });
    assert.equal(streamed.training[0].content, inMemory.training[0].content);
    const options = { steps: 10, batchSize: 4, seed: 1 };
    const [own, expected] = [await streamed.vocabularyOf(), inMemory.vocabulary];
    assert.deepEqual(
      windows(streamed.training, own, options).at(3),
      windows(inMemory.training, expected, options).at(3),
    );
    streamed.close();
  });

  it("is read once, and anew where a file has changed", async () => {
    const file = await write("one.txt", "one and two and three. ".repeat(30));
    const told: Progress[] = [];
    const open = async () => {
      told.length = 0;
      const library = await StreamedLibrary.open([file], {
        cache,
        onProgress: (progress) => told.push(progress),
      });
      library.close();
      return { read: told.length > 0, sha256: library.texts[0].stored?.sha256 };
    };
    const first = await open();
    const second = await open();
    assert.deepEqual([first.read, second], [true, { read: false, sha256: first.sha256 }]);
    await writeFile(file, "one and two and four.. ".repeat(30));
    await utimes(file, 1, 1);
    const third = await open();
    assert.ok(third.read && third.sha256 !== first.sha256);
    assert.equal((await readdir(cache)).length, 1);
  });

  it("leaves nothing that is taken for whole where it was stopped or killed halfway", async () => {
    const file = await write("long.txt", "Some words, and some more.\n".repeat(2 ** 20));
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    await assert.rejects(StreamedLibrary.open([file], { cache, signal: controller.signal, onProgress }), {
      name: "AbortError",
    });
    assert.deepEqual(await readdir(cache), []);
    const child = spawn(
      process.execPath,
      ["--import", "tsx", path.join(__dirname, "prepare-until-killed.ts"), file, cache],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "close");
    const left = await readdir(cache);
    assert.ok(
      left.length === 1 && left[0].endsWith(".part"),
      "the kill came too late: the test shows nothing",
    );
    const library = await StreamedLibrary.open([file], { cache });
    assert.equal(library.length, (await stat(file)).size);
    assert.deepEqual(await readdir(cache), [path.basename(library.folder)]);
    library.close();
  });

  it("takes less memory than the texts that it reads", async function () {
    this.timeout(120_000);
    const megabytes = 100;
    const lines = Array.from(
      { length: 2 ** 14 },
      (_, index) => `${index} lines of a text that goes on and on.\n`,
    );
    const some = lines.join("").slice(0, 2 ** 19);
    const file = await write("long.txt.gz", gzipSync(some.repeat(2 * megabytes), { level: 1 }));
    const script = path.join(__dirname, "memory-of-reading.ts");
    const { stdout } = spawnSync(process.execPath, ["--import", "tsx", script, file, cache], {
      encoding: "utf8",
    });
    const taken = Number(stdout);
    assert.ok(taken > 0 && taken < megabytes, `it took ${stdout.trim()} MB for ${megabytes} MB of text`);
  });

  it("says what is wrong with a file or a source", async () => {
    const open = (source: string | { file: string; column: string }) =>
      StreamedLibrary.open([source], { cache });
    const binary = await write("binary.txt", Buffer.concat([Buffer.alloc(9), Buffer.alloc(90, "a")]));
    await assert.rejects(open(binary), /Expected plain text in .*binary\.txt, found binary data/);
    const packed = gzipSync(Buffer.from("some words ".repeat(2 ** 20)));
    await assert.rejects(
      open(await write("broken.txt.gz", packed.subarray(0, -9))),
      /Could not unzip .*broken/,
    );
    await assert.rejects(open(await write("empty.txt", " \n")), /empty/);
    await assert.rejects(
      open(path.join(folder, "none.txt")),
      /Expected a text in .*none\.txt, found no such file/,
    );
    await assert.rejects(
      open({ file: binary, column: "text" }),
      /Expected files or folders with whole texts.*a TextLibrary reads/,
    );
    assert.deepEqual(await readdir(cache), []);
  });

  it("opens the smallest files, and leaves out of a folder what a library in memory does, with the same notices", async () => {
    for (const [name, content] of Object.entries({
      a: "a",
      pair: "🐋",
      line: "a\n",
      nine: "123456789",
      ten: "1234567 90",
    })) {
      const file = await write(`${name}.txt`, content);
      const streamed = await StreamedLibrary.open([file], { cache });
      await assertSame(streamed, await TextLibrary.open([file]), { steps: 1, batchSize: 1 }, []);
      streamed.close();
    }
    await write("texts/a.txt", "Well, well. ".repeat(9));
    await write("texts/empty.txt", " \n\n");
    await write("texts/b/binary.txt", Buffer.from([1, 0, 2, 0]));
    await write("texts/c.txt", Buffer.concat([Buffer.from("Où est le café ?\n"), Buffer.from([0xff])]));
    await write("texts/picture.png", "");
    const source = path.join(folder, "texts");
    for (let time = 0; time < 2; time++) {
      const streamed = await StreamedLibrary.open([source], { cache });
      const inMemory = await TextLibrary.open([source]);
      assert.deepEqual(streamed.notices, inMemory.notices);
      assert.equal(streamed.notices.length, 2);
      await assertSame(streamed, inMemory, { steps: 5, batchSize: 2 });
      streamed.close();
    }
    const none = await write("none/empty.txt", "");
    await assert.rejects(
      StreamedLibrary.open([path.dirname(none)], { cache }),
      /Expected words in the folder .*none, found none/,
    );
  });

  it("reads in the encoding that is named, anew where another is", async () => {
    const { bytes, text } = samples[0];
    const file = await write("a.txt", bytes);
    for (const encoding of ["koi8-r", "windows-1251"]) {
      const streamed = await StreamedLibrary.open([{ file, encoding }], { cache });
      const inMemory = await TextLibrary.open([{ file, encoding }]);
      assert.equal(streamed.texts[0].content, inMemory.texts[0].content);
      assert.equal(streamed.texts[0].content === text, encoding === "koi8-r");
      streamed.close();
    }
    await assert.rejects(
      StreamedLibrary.open([{ file, encoding: "klingon" }], { cache }),
      /Expected `encoding`/,
    );
  });
});
