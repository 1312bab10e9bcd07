import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { readText } from "../../../lib/text/encoding/decode";
import { unpack } from "../../../lib/text/packed/packed";
import { unpacked } from "../../../lib/text/stream/unpacked";
import { gunzipSync as gunzippedInPage } from "../../../web/node/zlib";
import { withFolder } from "../server";
import { frame, skippable, type Block } from "./frames";

/** What a file unpacks to, or the error that it ends in: read whole and streamed, which must be one and the same. */
async function bothWays(name: string, bytes: Uint8Array): Promise<string> {
  let outcomes: string[] = [];
  await withFolder(async (folder) => {
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    const streamed = async () => {
      const pieces: Uint8Array[] = [];
      for await (const piece of unpacked(file)) pieces.push(piece);
      return Buffer.concat(pieces);
    };
    const whole = async () => Buffer.from(unpack(bytes, file));
    outcomes = await Promise.all(
      [whole, streamed].map((read) =>
        read().then(
          (content) => content.toString(),
          (error: Error) => error.message.replace(folder + path.sep, ""),
        ),
      ),
    );
  });
  assert.equal(outcomes[1], outcomes[0]);
  return outcomes[0];
}

/** A sentence of Dickens' by `zstd -19`, with its size and its checksum. */
const compressed = Buffer.from(
  "KLUv/WQfANUDAOLHFhGgb+DlXtvOm7wQJn9V3m+TB0BIN3F2kk2hd3zG6nlBl3E2aQZlywurZ/jT9LzUXU0tEXTV7vqwemboY8+GbLr7V+/TdMvquZeR" +
    "b53D7OeU1TOdfbgZ5WksUxIKAC7Q1C+rPcyEW1eijvmnUrmSO5f+PsG44TkGtqSr1A==",
  "base64",
);
const sentence =
  "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness, it was the epoch of " +
  "belief, it was the epoch of incredulity, it was the season of Light, it was the season of Darkness, it was the spring of hope, it was " +
  "the winter of despair.\n";

describe("a file packed by Zstandard", () => {
  it("is read with all its frames, empty ones and skippable ones too, wherever they stand", async () => {
    const parts = [
      skippable("size"),
      frame([""]),
      compressed,
      skippable(""),
      skippable("x".repeat(300_000)),
      frame(["whale ", "road", { byte: "!", times: 3 }], { contentSize: 13 }),
      frame([""], { checksum: false }),
      frame([{ byte: "o", times: 100_000 }], { checksum: false }),
      skippable("end"),
    ];
    assert.equal(
      await bothWays("a.txt.zst", Buffer.concat(parts)),
      `${sentence}whale road!!!${"o".repeat(100_000)}`,
    );
  });

  it("is whatever was packed, in blocks and frames of any sizes", async () => {
    const block = fc.oneof(
      fc.string({ unit: fc.constantFrom("a", "é", "\n"), maxLength: 60 }),
      fc.record({ byte: fc.constantFrom("x", "y"), times: fc.nat(70) }),
    );
    const textOf = (one: Block) => (typeof one === "string" ? one : one.byte.repeat(one.times));
    const frames = fc.array(fc.array(block, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(frames, fc.boolean(), async (all, checksum) => {
        const packed = Buffer.concat(all.map((blocks) => frame(blocks, { checksum })));
        assert.equal(await bothWays("a.txt.zst", packed), all.flat().map(textOf).join(""));
      }),
      { numRuns: 50 },
    );
  });

  it("is refused where any byte of it is wrong, and never read as another text", async () => {
    for (let at = 0; at < compressed.length; at++) {
      const damaged = Buffer.from(compressed);
      damaged[at] ^= 1 << (at % 8);
      const outcome = await bothWays("a.txt.zst", damaged);
      assert.ok(
        outcome === sentence || /^Could not unzip a\.txt\.zst: /.test(outcome),
        `byte ${at}: ${outcome}`,
      );
    }
  });

  it("is refused where it breaks off, after whichever byte", async () => {
    const bytes = Buffer.concat([frame(["whale"]), compressed]);
    for (let end = 1; end < bytes.length; end++) {
      const outcome = await bothWays("a.txt.zst", bytes.subarray(0, end));
      if (end === frame(["whale"]).length) assert.equal(outcome, "whale");
      else assert.match(outcome, /^Could not unzip a\.txt\.zst: /);
    }
    const half = await bothWays("a.txt.zst", bytes.subarray(0, 50));
    assert.equal(
      half,
      "Could not unzip a.txt.zst: its Zstandard frame at byte 18 breaks off, 50 bytes into the file",
    );
  });

  it("is refused where the checksum or the size that it tells of is not that of its content", async () => {
    const checksum = frame(["whale"]);
    checksum[checksum.length - 1] ^= 1;
    assert.match(await bothWays("a.zst", checksum), /at byte 0 is damaged: its checksum is not that/);
    for (const contentSize of [4, 6])
      assert.match(
        await bothWays("a.zst", frame(["whale"], { contentSize, checksum: false })),
        /^Could not unzip a\.zst: .* damaged: it holds other than the \d bytes that it tells of$/,
      );
  });

  it("is refused where something else stands behind it, or a dictionary is wanted", async () => {
    for (const behind of ["\n\n", "hello, world", "\0".repeat(9), "\x28\x2f12", "P"])
      assert.match(
        await bothWays("a.zst", Buffer.concat([frame(["whale"]), Buffer.from(behind, "latin1")])),
        /^Could not unzip a\.zst: its Zstandard frame at byte 18 (is none: something else stands there|breaks off, 19 bytes)/,
      );
    assert.match(await bothWays("a.zst", frame(["a"], { dictionary: 7 })), /packed with a dictionary/);
  });

  it("is read with a window of any width where it holds less than 128 MB, else told how to pack it", async () => {
    for (const windowLog of [10, 28, 31])
      assert.equal(await bothWays("a.zst", frame(["whale"], { windowLog })), "whale");
    const long = frame(["whale"], { windowLog: 31, contentSize: 2 ** 28 });
    assert.equal(
      await bothWays("a.zst", long),
      "Could not unzip a.zst: its Zstandard frame at byte 0 looks back over a window of 2048 MB, which is more than 128 MB: " +
        "pack it again with zstd -19, without --long",
    );
  });
});

describe("a file packed by gzip", () => {
  const whale = gzipSync("whale ".repeat(50));

  it("is read with all its members, and with zeros behind them", async () => {
    const parts = [whale, gzipSync(""), gzipSync("road"), Buffer.alloc(600)];
    assert.equal(await bothWays("a.txt.gz", Buffer.concat(parts)), `${"whale ".repeat(50)}road`);
  });

  it("is refused where any byte of its content or checksum is wrong, where it breaks off and where more is behind it", async () => {
    for (let at = 10; at < whale.length; at++) {
      const damaged = Buffer.from(whale);
      damaged[at] ^= 1 << (at % 8);
      assert.match(await bothWays("a.gz", damaged), /^Could not unzip a\.gz: /);
    }
    const two = Buffer.concat([whale, whale]);
    for (let end = 1; end < two.length; end++)
      if (end !== whale.length)
        assert.match(await bothWays("a.gz", two.subarray(0, end)), /^Could not unzip a\.gz: /);
    for (const behind of ["\n\n", "\0\0a", `${"\0".repeat(2 ** 19)}a`, "\x1f\x8b"])
      assert.match(
        await bothWays("a.gz", Buffer.concat([whale, Buffer.from(behind, "latin1")])),
        /^Could not unzip a\.gz: /,
      );
  });

  it("is read and refused alike in an exported page", () => {
    const options = { info: true, maxOutputLength: 1000 } as const;
    const inPage = (bytes: Uint8Array) => Buffer.from(gunzippedInPage(bytes, options).buffer).toString();
    assert.equal(
      inPage(Buffer.concat([whale, gzipSync(""), gzipSync("road")])),
      `${"whale ".repeat(50)}road`,
    );
    for (let at = 10; at < whale.length; at++) {
      const damaged = Buffer.from(whale);
      damaged[at] ^= 1 << (at % 8);
      assert.throws(() => inPage(damaged));
    }
    for (let end = 1; end < whale.length; end++) assert.throws(() => inPage(whale.subarray(0, end)));
    assert.throws(() => inPage(Buffer.concat([whale, Buffer.from("\n\n")])));
    assert.throws(() => inPage(gzipSync("a".repeat(1001))), /too much/);
  });
});

describe("a file", () => {
  it("that unpacks to more than a string can hold is refused whole, and streamed piece by piece", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "long.txt.zst");
      const blocks = Array.from({ length: 100 }, () => ({ byte: "a", times: 2 ** 17 }));
      await writeFile(file, frame(blocks, { contentSize: 2 ** 30 }));
      await assert.rejects(readText(file), {
        message:
          `Could not unzip ${file}: it unpacks to more than 512 MB, the most that is read at once. ` +
          "From disk (StreamedLibrary, --stream) more is read.",
      });
      let length = 0;
      for await (const piece of unpacked(file)) if ((length += piece.length) > 2 ** 20) break;
      assert.ok(length < 2 ** 21);
    }));

  it("that is packed in another way is refused by what it is", async () => {
    const kinds: [string, string][] = [
      ["\xfd7zXZ\0\0\x04", "an xz file"],
      ["BZh91AY&SY\0\0", "a bzip2 file"],
      ["7z\xbc\xaf'\x1c\0\x04", "a 7-Zip archive"],
      ["Rar!\x1a\x07\x01\0", "a RAR archive"],
      ['\x04"M\x18d@', "an lz4 file"],
      [`song.txt${"\0".repeat(249)}ustar\x0000`, "a tar archive"],
    ];
    for (const [bytes, name] of kinds)
      assert.match(
        await bothWays("a.txt", Buffer.from(bytes, "latin1")),
        new RegExp(`^Expected a text in a\\.txt, found ${name}`),
      );
    const tar = gzipSync(Buffer.from(kinds[5][0], "latin1"));
    assert.match(await bothWays("a.tar.gz", tar), /found a tar archive\. Unpack it first \(tar -xf\)/);
    assert.match(await bothWays("a.gz", gzipSync(gzipSync("whale"))), /found a gzip file/);
    assert.equal(await bothWays("bz.txt", Buffer.from("BZh, he said")), "BZh, he said");
  });

  it("named as if it were packed is read where it is plain text, and refused where it is not", async () => {
    for (const name of ["a.txt.gz", "a.txt.zst"]) {
      assert.equal(await bothWays(name, Buffer.from("Whale\r\n")), "Whale\r\n");
      assert.match(
        await bothWays(name, Buffer.from([0x29, ...compressed.subarray(1)])),
        /^Could not unzip a\.txt\.(gz: its name says that it is packed by gzip|zst: .* by Zstandard), its bytes do not$/,
      );
    }
  });
});
