import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { readHdf5 } from "../../../lib/network/keras/hdf5";
import { readKeras } from "../../../lib/network/keras/keras-file";
import { Model } from "../../../lib/network/model";
import { tf } from "../../../lib/network/tensorflow";
import { crc32, seal } from "../../../lib/base/files/checksum";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";
import { loadModel } from "../../../lib/train/saved/checkpoint";
import { encodeModel } from "../../../lib/train/saved/model-file";
import { TraceIndex } from "../../../lib/trace/on-disk/trace-index";

/** What comes from others may claim what it likes: these claims are harmless, and refused for what they are. */
describe("a file from others", () => {
  const scratch = mkdtempSync(path.join(tmpdir(), "palimpsest-others-"));
  const file = path.join(scratch, "poet.palimpsest");
  let content: Buffer;
  before(async () => {
    const model = await Model.create({ neurons: 4, layers: 1 }, Vocabulary.of(["abc"]));
    content = Buffer.from(encodeModel(model));
    model.dispose();
  });
  after(() => rmSync(scratch, { recursive: true }));

  /** A network whose head is another, with a checksum that fits. */
  function withHead(change: (head: Record<string, never>) => object): Buffer {
    const end = 12 + content.readUInt32LE(8);
    const head = Buffer.from(JSON.stringify(change(JSON.parse(content.toString("utf8", 12, end)) as never)));
    const start = Buffer.from(content.subarray(0, 12));
    start.writeUInt32LE(head.length, 8);
    const whole = Buffer.concat([start, head, content.subarray(end, -4)]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(whole));
    return Buffer.concat([whole, sum]);
  }

  it("that claims a network larger than itself is refused by name before that is made, and leaves no tensor", async () => {
    const params = (more: object) => (head: Record<string, never>) => ({
      ...head,
      params: { ...(head.params as object), ...more },
    });
    const specs = (shape: unknown) => (head: Record<string, never>) => ({
      ...head,
      specs: [{ name: "a", shape }],
    });
    const before = tf.memory();
    for (const claim of [
      params({ neurons: 8192, layers: 16 }),
      params({ embedding: 8192 }),
      specs([1e9, 1e9]),
      specs([-1, 4]),
      specs([1e308]),
      specs("many"),
      (head: Record<string, never>) => ({ ...head, specs: [{ name: "__proto__", shape: [1] }] }),
      (head: Record<string, never>) => ({ ...head, params: null }),
      (head: Record<string, never>) => ({ ...head, precision: "int8" }),
      (head: Record<string, never>) => ({
        ...head,
        precision: "int8",
        specs: [{ name: "a", shape: [2 ** 26, 2 ** 26] }],
      }),
      (head: Record<string, never>) => ({ ...head, precision: "constructor" }),
      (head: Record<string, never>) => ({ ...head, labels: [{ name: "author", values: { length: -9 } }] }),
      // Tokens without a letter would never make a text as long as it is wanted.
      (head: Record<string, never>) => ({ ...head, vocabulary: { words: ["", "a", "b"] } }),
      (head: Record<string, never>) => ({ ...head, vocabulary: { words: [5, "a", "b"] } }),
    ]) {
      writeFileSync(file, withHead(claim));
      await assert.rejects(loadModel(file), (error: Error) => error.message.includes(file));
    }
    assert.equal(tf.memory().numTensors, before.numTensors);
  });

  /** Puts a number at a place of a file, whose checksum then holds again. */
  async function refusesNumber(harmed: Buffer, at: number, value: number): Promise<void> {
    harmed.writeFloatLE(value, at);
    harmed.writeUInt32LE(crc32(harmed.subarray(0, -4)), harmed.length - 4);
    writeFileSync(file, harmed);
    await assert.rejects(
      loadModel(file),
      /finite numbers in .*poet.palimpsest, but lstm_0\/kernel holds values that are no numbers/,
    );
  }

  it("whose weights are no numbers is refused by name", async () => {
    const end = 12 + content.readUInt32LE(8);
    for (const value of [NaN, Infinity]) {
      await refusesNumber(Buffer.from(content), end + 8, value);
    }
  });

  it("with a scale of a row that is no number is refused by name", async () => {
    const model = await Model.create({ neurons: 4, layers: 1 }, Vocabulary.of(["abc"]));
    const harmed = Buffer.from(encodeModel(model, { precision: "int8" }));
    model.dispose();
    const end = 12 + harmed.readUInt32LE(8);
    for (const value of [NaN, Infinity, 3e38]) {
      await refusesNumber(harmed, end, value);
    }
  });

  it("in a precision that there is none of yet is refused by name", async () => {
    writeFileSync(
      file,
      withHead((head) => ({ ...head, precision: "int4" })),
    );
    await assert.rejects(
      loadModel(file),
      /Expected weights in fp32, fp16, int8 in .*poet.palimpsest, got "int4": load it with the palimpsest that wrote it/,
    );
  });

  it("of Keras that names another file, or claims more numbers than it has, is refused", async () => {
    const library = createRequire(__filename)(
      path.join(
        path.dirname(require.resolve("fflate/package.json")),
        "..",
        "h5wasm",
        "dist",
        "node",
        "hdf5_hl.js",
      ),
    ) as typeof import("h5wasm");
    await library.ready;
    const other = path.join(scratch, "other.h5");
    const own = path.join(scratch, "own.h5");
    const secret = new library.File(other, "w");
    secret.create_group("vars");
    secret.create_dataset({ name: "vars/0", data: new Float32Array([7]) });
    secret.close();
    const linking = new library.File(own, "w");
    linking.create_external_link(other, "vars", "linked");
    linking.create_group("own");
    linking.create_external_link(other, "vars/0", "own/0");
    linking.create_group("large");
    const zeros = new Float32Array(160_000);
    linking.create_dataset({
      name: "large/0",
      data: zeros,
      shape: [400, 400],
      chunks: [400, 400],
      compression: "gzip",
    });
    linking.close();
    const bytes = readFileSync(own);
    await assert.rejects(
      readHdf5(bytes, ["linked"], "poet.keras"),
      /weights within poet.keras, but linked\/0/,
    );
    await assert.rejects(
      readHdf5(bytes, ["own"], "poet.keras"),
      /Expected all weights within poet.keras, but own\/0/,
    );
    await assert.rejects(
      readHdf5(bytes, ["large"], "poet.keras"),
      /Expected all weights within poet.keras, but large\/0/,
    );
    assert.ok(existsSync(other));
  });

  it("whose parts become far larger than itself is refused", async () => {
    const place = path.join(scratch, "large.keras");
    const parts = { "config.json": strToU8(" ".repeat(2 ** 22)), "model.weights.h5": new Uint8Array(8) };
    writeFileSync(place, zipSync(parts, { level: 9 }));
    await assert.rejects(
      readKeras(place),
      /large.keras as it was written, but config.json claims 4194304 bytes/,
    );
  });

  it("with an index that claims what its files do not hold is refused by name", async () => {
    const folder = path.join(scratch, "index");
    const text = {
      title: "A",
      author: "",
      source: "",
      weight: 1,
      content: "Call me Ishmael. Some years ago.",
    };
    (await TraceIndex.open(folder, [text])).close();
    const header = path.join(folder, "index.json");
    const honest = JSON.parse(readFileSync(header, "utf8")) as Record<string, never>;
    delete honest.crc32;
    const [first] = honest.texts as { content: object }[];
    for (const claim of [
      { blocks: 2 ** 31 },
      { directoryBits: 31 },
      { minLength: 2 ** 30 },
      { texts: [{ ...first, content: { ...first.content, length: 2 ** 40 } }] },
      { texts: [{ ...first, content: { ...first.content, file: "../index.json" } }] },
      { texts: [{ ...first, content: { ...first.content, length: 2 ** 40, width: 0 } }] },
      { texts: [{ ...first, firstBlock: -1 }] },
      { texts: [{ ...first, edits: [null] }] },
      { texts: [null] },
      { texts: [] },
      { comparison: null },
    ]) {
      writeFileSync(header, seal({ ...honest, ...claim }));
      await assert.rejects(TraceIndex.open(folder), (error: Error) => error.message.includes(header));
    }
  });
});
