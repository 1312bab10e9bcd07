import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { write } from "../../lib/generate/generate";
import { collect, generateMany } from "../../lib/generate/many";
import { continuations } from "../../lib/generate/continuations";
import { Writer } from "../../lib/generate/writer";
import { fused, reference } from "../../lib/network/implementation";
import type { Params } from "../../lib/train/params";
import { tf, type Tensor } from "../../lib/network/tensorflow";
import { loadModel, saveCheckpoint } from "../../lib/train/saved/checkpoint";
import { areFinite, DivergedError } from "../../lib/train/diverged";
import { Poet } from "../../lib/poet";
import { checkpointsIn } from "../../lib/train/saved/run-folder";
import type { TrainOptions } from "../../lib/train/options";
import { train } from "../../lib/train/train";
import { Training } from "../../lib/train/training";
import { eventsOf, smallLibrary, smallParams, weightsOf } from "./small";

/** With these the embedding and the head, which reads it, drive each other up without end. */
const diverging: Partial<Params> = {
  ...smallParams,
  ...{ neurons: 4, layers: 1, embedding: 48, skipEmbedding: true, attention: true },
  ...{ optimizer: "sgd", learningRate: 10, warmup: 0, clipNorm: 0, iterations: 1000 },
};

const implementations = [fused, reference].filter(({ problem }) => problem() === "");

describe("a training that diverges", () => {
  let folder = "";
  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), "palimpsest-")), "run");
  });
  afterEach(() => rm(path.dirname(folder), { recursive: true }));

  for (const implementation of implementations)
    it(`stops with a sentence, its last checkpoint good: ${implementation.name}`, async () => {
      const training = await Training.start(smallLibrary(), diverging, { implementation });
      const options = { checkpoints: folder, checkpointEvery: 1, sampleEvery: 3, sampleLength: 20 };
      const error = await divergence(training, { ...options, validateEvery: 2, keep: 1000 });
      const checkpoints = await checkpointsIn(folder);
      assert.equal(error.checkpoint, checkpoints[checkpoints.length - 1]);
      assert.ok(error.iteration >= checkpoints.length, `${error.iteration}`);
      assert.ok(
        error.message.startsWith(
          `The training has diverged: at iteration ${error.iteration}, with a learning rate of `,
        ),
      );
      assert.ok(
        error.message.includes(`The last good checkpoint is ${error.checkpoint}: begin with its weights`),
      );
      assert.match(
        error.message,
        /with a lower `learningRate` than 10, a longer `warmup` than 0 or a `clipNorm` such as 0.2\.$/,
      );
      for (const entry of training.position.history)
        if ("crossEntropy" in entry) assert.ok(Number.isFinite(entry.crossEntropy));
      for (const checkpoint of [folder, ...checkpoints]) {
        const model = await loadModel(checkpoint);
        assert.ok(await areFinite(model.weights.variables), checkpoint);
        model.dispose();
      }
      training.dispose();
    });

  it("is told of at the step where it began, wherever losses are read next", async () => {
    for (const options of [
      { logEvery: 1 },
      { logEvery: 7 },
      { logEvery: 0 },
      { logEvery: 1000, validateEvery: 0 },
      { logEvery: 0, validateEvery: 9 },
      { logEvery: 0, sampleEvery: 9 },
      { logEvery: 0, checkpoints: folder, checkpointEvery: 9 },
    ]) {
      const training = await Training.start(smallLibrary(), { ...smallParams, iterations: 300 });
      let spoilt = false;
      const batches = training.batches.at.bind(training.batches);
      training.batches.at = (index) => {
        if (index === 4 && !spoilt) spoil(training);
        spoilt ||= index === 4;
        return batches(index);
      };
      const error = await divergence(training, { validateEvery: 0, sampleEvery: 0, ...options });
      assert.equal(error.iteration, 5, JSON.stringify(options));
      assert.ok(training.position.iteration <= 104, JSON.stringify(options));
      training.dispose();
    }
  });

  for (const [next, options, expected] of [
    ["validation", { validateEvery: 5 }, /the validation loss is NaN/],
    ["sample", { validateEvery: 0, sampleEvery: 5 }, /a weight is not finite/],
    ["checkpoint", { validateEvery: 0, checkpointEvery: 5 }, /a weight is not finite/],
  ] as const)
    it(`is told of before a ${next} where the last step alone has spoilt the weights`, async () => {
      const training = await Training.start(smallLibrary(), smallParams);
      const told: string[] = [];
      const error = await divergence(training, {
        ...{ logEvery: 5, sampleEvery: 0, checkpoints: folder, ...options },
        onEvent: ({ type, iteration }) => {
          told.push(`${type} ${iteration}`);
          if (type === "step") spoil(training);
        },
      });
      assert.match(error.message, expected);
      assert.deepEqual(told, ["step 5"]);
      assert.equal(error.iteration, 5);
      assert.deepEqual(await readdir(path.dirname(folder)), []);
      assert.match(error.message, /No checkpoint was written: begin anew, with a lower/);
      training.dispose();
    });

  it("is not saved by hand either, nor with a memory of the optimizer that is not finite", async () => {
    for (const wrong of [NaN, Infinity]) {
      const training = await Training.start(smallLibrary(), smallParams);
      await eventsOf(training, { sampleEvery: 0 });
      const { folder: good } = await saveCheckpoint(training, folder);
      training.position.iteration += 1;
      const [square] = training.optimizer.memory.square;
      square.assign(tf.fill(square.shape, wrong));
      await assert.rejects(saveCheckpoint(training, folder), (error) => {
        assert.ok(error instanceof DivergedError);
        assert.equal(error.checkpoint, good);
        return true;
      });
      assert.deepEqual(await readdir(folder), [path.basename(good)]);
      training.dispose();
      await rm(folder, { recursive: true });
    }
  });

  it("leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const training = await Training.start(smallLibrary(), { ...smallParams, batches: "threads" });
    spoil(training);
    await divergence(training, {});
    training.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it("ends a poet's lesson with the same sentence, and a poet that has diverged does not write", async () => {
    const poet = await Poet.from(smallLibrary(), diverging);
    await assert.rejects(poet.train(), DivergedError);
    await assert.rejects(poet.generate(), /scores are not numbers: it has diverged, and cannot write/);
    poet.dispose();
  });
});

describe("a network that has diverged", () => {
  for (const implementation of implementations)
    for (const wrong of [NaN, Infinity])
      it(`writes nothing, in no way: ${implementation.name}, ${wrong}`, async () => {
        const training = await Training.start(smallLibrary(), smallParams, { implementation });
        spoil(training, wrong);
        const { model } = training;
        const before = tf.memory().numTensors;
        const refused = /The network's scores are not numbers: it has diverged, and cannot write/;
        for (const choice of [
          {},
          { temperature: 0 },
          { topK: 2 },
          { topP: 0.5 },
          { temperature: [1, 0.2] },
        ]) {
          await assert.rejects(write(model, choice), refused);
          await assert.rejects(write(model, { prompt: "the ", ...choice }), refused);
        }
        await assert.rejects(collect(generateMany(model, { n: 2 })), refused);
        const writer = new Writer(model);
        writer.read("the ");
        assert.throws(() => continuations(writer), refused);
        writer.dispose();
        assert.equal(tf.memory().numTensors, before);
        training.dispose();
      });
});

describe("a training in which a step throws", () => {
  for (const batches of ["threads", "windows"] as const)
    it(`can be saved, and goes on with the numbers of one in which none did: ${batches}`, async () => {
      const params = { ...smallParams, batches };
      const through = await Training.start(smallLibrary(), params);
      await eventsOf(through, { sampleEvery: 0 });
      const before = tf.memory().numTensors;
      const training = await Training.start(smallLibrary(), params);
      const { optimizer } = training;
      const apply = optimizer.apply.bind(optimizer);
      let calls = 0;
      optimizer.apply = (...given) => {
        calls += 1;
        if (calls === 7) throw new Error("no memory left");
        return apply(...given);
      };
      await assert.rejects(eventsOf(training, { sampleEvery: 0 }), /no memory left/);
      assert.equal(training.position.iteration, 6);
      tf.dispose(training.tensors());
      await eventsOf(training, { sampleEvery: 0 });
      assert.deepEqual(weightsOf(training), weightsOf(through));
      training.dispose();
      assert.equal(tf.memory().numTensors, before);
      through.dispose();
    });
});

/** Makes a weight that every token is scored by NaN or infinite. */
function spoil({ model }: Training, wrong = NaN): void {
  const head = model.weights.named("head/bias")!;
  tf.tidy(() => {
    const named = Array.from(model.weights, ([name, weight]): [string, Tensor] => [
      name,
      name === "head/bias" ? tf.fill(head.shape, wrong) : weight,
    ]);
    model.weights.load(Object.fromEntries(named));
  });
}

async function divergence(
  training: Training,
  { onEvent, ...options }: TrainOptions & { onEvent?: (event: { type: string; iteration: number }) => void },
): Promise<DivergedError> {
  try {
    for await (const event of train(training, options)) onEvent?.(event);
  } catch (error) {
    assert.ok(error instanceof DivergedError, String(error instanceof Error ? error.stack : error));
    return error;
  }
  return assert.fail("it did not diverge");
}
