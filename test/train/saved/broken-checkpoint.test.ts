import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { seal } from "../../../lib/base/files/checksum";
import { tf } from "../../../lib/network/tensorflow";
import { loadModel, resumeTraining, saveCheckpoint } from "../../../lib/train/saved/checkpoint";
import { readManifest, readTensors, writeCheckpoint } from "../../../lib/train/saved/checkpoint-files";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { eventsOf, smallLibrary, smallParams, weightsOf } from "../small";

describe("checkpoints of which one is broken", () => {
  let folder = "";
  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), "palimpsest-")), "run");
  });
  afterEach(() => rm(path.dirname(folder), { recursive: true }));

  const flip = (bytes: Buffer, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 4 : byte));
  const nan = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 192, 127]), bytes.subarray(4)]);
  /** What happened to the newest one, by what the warning says of it. */
  const faults: Record<string, (checkpoint: string) => Promise<void>> = {
    "weights.bin as it was written, but its checksum does not fit": (at) =>
      change(path.join(at, "weights.bin"), (bytes) => flip(bytes, 1000)),
    "weights.bin as it was written, but it has 400 bytes instead of": (at) =>
      change(path.join(at, "weights.bin"), (bytes) => bytes.subarray(0, 400)),
    "weights.bin as it was written, but it is missing": (at) => rm(path.join(at, "weights.bin")),
    "weights.bin as it was written, but it is a link": async (at) => {
      await rename(path.join(at, "weights.bin"), path.join(folder, "elsewhere"));
      await symlink(path.join(folder, "elsewhere"), path.join(at, "weights.bin"));
    },
    "checkpoint.json as it was written, but its checksum": (at) =>
      change(path.join(at, "checkpoint.json"), (bytes) => flip(bytes, bytes.indexOf('"seconds":') + 11)),
    "checkpoint.json as it was written, but its end is missing": (at) =>
      change(path.join(at, "checkpoint.json"), (bytes) => bytes.subarray(0, 500)),
    "checkpoint.json as it was written, but it is missing": (at) => rm(path.join(at, "checkpoint.json")),
    "checkpoint.json as it was written, but a file stands in the place": async (at) => {
      await rm(at, { recursive: true });
      await writeFile(at, "cut");
    },
    "checkpoint.json as it was written, but it lacks": (at) =>
      change(path.join(at, "checkpoint.json"), (bytes) => {
        const { crc32, ...manifest } = JSON.parse(bytes.toString()) as Record<string, unknown>;
        return Buffer.from(crc32 ? seal({ ...manifest, texts: [null] }) : "");
      }),
  };
  const change = async (file: string, how: (bytes: Buffer) => Uint8Array) =>
    writeFile(file, how(await readFile(file)));
  const options = { checkpointEvery: 10, keep: 9, sampleEvery: 0 };

  it("a training goes on with the one before, says so, and ends as if it had never been", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    await eventsOf(training, { ...options, checkpoints: folder });
    const weights = weightsOf(training);
    training.dispose();
    for (const [words, harm] of Object.entries(faults)) {
      const run = path.join(path.dirname(folder), "harmed");
      await cp(folder, run, { recursive: true });
      await harm(path.join(run, "iteration-0000020"));
      const tensors = tf.memory().numTensors;
      const { result: resumed, warnings } = await withWarnings(() => resumeTraining(run, smallLibrary()));
      assert.equal(resumed.position.iteration, 10, words);
      assert.equal(warnings.length, 1);
      assert.ok(warnings[0].includes(words), `${warnings[0]} | ${words}`);
      assert.match(warnings[0], /Read instead: .*iteration-0000010$/);
      await eventsOf(resumed, { ...options, checkpoints: run });
      assert.deepEqual(weightsOf(resumed), weights, words);
      resumed.dispose();
      assert.equal(tf.memory().numTensors, tensors);
      const names = (await readdir(run)).filter((name) => name !== "elsewhere").sort();
      assert.deepEqual(names, ["iteration-0000010", "iteration-0000020", "iteration-0000020.broken-1"]);
      await rm(run, { recursive: true });
    }
  });

  it("a running training saves on, a fresh one begins, and a network is read from the next best", async () => {
    for (const [words, harm] of Object.entries(faults)) {
      const training = await Training.start(smallLibrary(), smallParams);
      let saved = 0;
      for await (const event of train(training, { ...options, checkpoints: folder, checkpointEvery: 5 }))
        if (event.type === "checkpoint" && ++saved === 2) await harm(path.join(folder, "iteration-0000010"));
      assert.equal(saved, 4, words);
      training.dispose();
      (await withWarnings(() => loadModel(folder))).result.dispose();
      await harm(path.join(folder, "iteration-0000020"));
      const { result: model, warnings } = await withWarnings(() => loadModel(folder));
      assert.ok(warnings.some((warning) => warning.includes(words)));
      model.dispose();
      const fresh = await Training.start(smallLibrary(), smallParams);
      await eventsOf(fresh, { ...options, checkpoints: folder });
      fresh.dispose();
      for (const name of await readdir(path.dirname(folder)))
        await rm(path.join(path.dirname(folder), name), { recursive: true });
    }
  });

  it("and it alone is asked for, an error names its file and the way on", async () => {
    const training = await Training.start(smallLibrary(), { ...smallParams, iterations: 1 });
    await eventsOf(training, { checkpoints: folder, sampleEvery: 0 });
    training.dispose();
    const file = path.join(folder, "iteration-0000001", "weights.bin");
    await change(file, (bytes) => flip(bytes, 77));
    const tensors = tf.memory().numTensors;
    const wayOn = /weights.bin as it was written, .* Go on with the checkpoint before it, or copy it again/;
    await assert.rejects(loadModel(path.dirname(file)), wayOn);
    await assert.rejects(loadModel(folder), wayOn);
    await change(file, nan);
    await assert.rejects(
      resumeTraining(folder, smallLibrary()),
      /Expected a whole checkpoint in .*run, found none/,
    );
    assert.equal(tf.memory().numTensors, tensors);
  });

  it("weights that are no numbers are as good as none", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    training.position.iteration = 1;
    const { folder: first } = await saveCheckpoint(training, folder);
    // As one was saved that knew nothing of divergence.
    const manifest = readManifest(first);
    const tensors = readTensors(first, manifest);
    const spoilt = tf.tidy(() =>
      Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.mul(NaN)])),
    );
    const second = { ...manifest, position: { ...manifest.position, iteration: 2 } };
    await writeCheckpoint(path.join(folder, "iteration-0000002"), second, spoilt);
    tf.dispose([tensors, spoilt]);
    training.dispose();
    const { result: resumed, warnings } = await withWarnings(() => resumeTraining(folder, smallLibrary()));
    assert.equal(resumed.position.iteration, 1);
    assert.match(warnings[0], /weights.bin, but lstm_0\/.* holds values that are no numbers/);
    resumed.dispose();
  });
});

/** What a work gives, and what it warns of meanwhile. */
async function withWarnings<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; warnings: string[] }> {
  const warnings: string[] = [];
  const emit = process.emitWarning;
  process.emitWarning = (warning: string | Error) => void warnings.push(String(warning));
  try {
    return { result: await work(), warnings };
  } finally {
    process.emitWarning = emit;
  }
}
