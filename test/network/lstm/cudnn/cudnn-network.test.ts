import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { write } from "../../../../lib/generate/generate";
import { cudnn, reference, type Implementation } from "../../../../lib/network/implementation";
import { Model } from "../../../../lib/network/model";
import { disposeState, type State } from "../../../../lib/network/state";
import type { Params } from "../../../../lib/train/params";
import { runtime, tf, type Tensor1D, type Tensor2D, type Variable } from "../../../../lib/network/tensorflow";
import { Vocabulary } from "../../../../lib/text/tokens/vocabulary";
import { random } from "../../../../lib/base/random";
import { resumeTraining } from "../../../../lib/train/saved/checkpoint";
import { carryOn, trainingStep } from "../../../../lib/train/steps/step";
import { train } from "../../../../lib/train/train";
import { Training } from "../../../../lib/train/training";
import { digestOf, eventsOf, lossesOf, smallLibrary, smallParams } from "../../../train/small";
import { close } from "../../close";
import { standInForCudnn, type StandIn } from "./cudnn-by-hand";

/** Everything but cuDNN itself: its two operations are computed by a stand-in. */
describe("a network on cuDNN", function () {
  let standIn: StandIn;
  before(function () {
    if (runtime.kind !== "native" || runtime.gpu) this.skip();
  });
  beforeEach(() => (standIn = standInForCudnn()));
  afterEach(() => standIn.remove());

  const vocabulary = Vocabulary.of(["abcdefg \n"]);

  /** Loss, accuracy, gradients and state after a step on random characters and a random state. */
  function stepOf(model: Model, time: number, batch: number) {
    const draw = random(7);
    const ids = () => {
      const values = Int32Array.from({ length: time * batch }, () => draw() * vocabulary.size);
      return tf.tensor2d(values, [time, batch], "int32");
    };
    const uniform = (seed: number) =>
      tf.randomUniform([batch, model.params.neurons], -1, 1, "float32", seed) as Tensor2D;
    const layers = Array.from({ length: model.params.layers }, (_, layer) => ({
      hidden: uniform(layer),
      cell: uniform(50 + layer),
    }));
    return model.learn(ids(), ids(), { layers }, 3);
  }

  for (const { time, batch, ...params } of [
    { time: 1, batch: 1, neurons: 1, layers: 1 },
    { time: 5, batch: 3, neurons: 17, layers: 1, dropout: 0.4 },
    { time: 6, batch: 3, neurons: 17, layers: 2 },
    { time: 6, batch: 3, neurons: 17, layers: 2, dropout: 0.4 },
    { time: 2, batch: 1, neurons: 3, layers: 10 },
    { time: 4, batch: 3, neurons: 5, layers: 3, skipConnections: true, dropout: 0.3 },
  ]) {
    it(`learns as the reference: ${JSON.stringify({ time, batch, ...params })}`, async () => {
      const ours = await Model.create(params, vocabulary, { implementation: cudnn });
      const theirs = await Model.create(params, vocabulary, { implementation: reference });
      tf.tidy(() => {
        const [here, there] = [stepOf(ours, time, batch), stepOf(theirs, time, batch)];
        close(here.crossEntropy, there.crossEntropy);
        close(here.accuracy, there.accuracy);
        const [gradients, expected] = [
          ours.weights.toKeras(here.gradients),
          theirs.weights.toKeras(there.gradients),
        ];
        assert.deepEqual([...gradients.keys()], [...expected.keys()]);
        for (const [name, gradient] of gradients) close(gradient, expected.get(name)!, 1e-4, name);
        here.state.layers.forEach(({ hidden, cell }, layer) => {
          close(hidden, there.state.layers[layer].hidden);
          close(cell, there.state.layers[layer].cell);
        });
        for (const { state, accuracy } of [here, there]) {
          disposeState(state);
          accuracy.dispose();
        }
      });
      assert.equal(ours.size, theirs.size);
      [ours, theirs].forEach((model) => model.dispose());
    });
  }

  it("learns all layers in one buffer and one call, or with skip connections in one of each for a layer", async () => {
    for (const [skipConnections, count] of [
      [false, 1],
      [true, 3],
    ] as const) {
      const model = await Model.create({ neurons: 4, layers: 3, skipConnections }, vocabulary, {
        implementation: cudnn,
      });
      assert.deepEqual(
        model.weights.variables.map(({ rank }) => rank),
        [...new Array<number>(count).fill(1), 2, 1],
      );
      const before = standIn.calls.length;
      tf.tidy(() => disposeState(stepOf(model, 2, 2).state));
      assert.equal(standIn.calls.length - before, 2 * count);
      model.dispose();
    }
  });

  for (const params of [
    { batches: "windows", clipNorm: 0 },
    { batches: "threads", clipNorm: 0.05, weightDecay: 3 },
    { batches: "threads", dropout: 0.2 },
    { batches: "threads", skipConnections: true, dropout: 0.2 },
    { batches: "windows", labels: ["title"] },
    { batches: "threads", labels: ["title"], embedding: 3, skipConnections: true },
    { batches: "windows", bidirectional: true, labels: ["title"], embedding: 3, attention: true },
    { batches: "threads", attention: true, embedding: 3, skipEmbedding: true, frozenLayers: 1 },
  ] satisfies Partial<Params>[]) {
    it(`trains as the reference, Adam's averages and all: ${JSON.stringify(params)}`, async () => {
      const [ours, theirs] = [await start(params, cudnn), await start(params, reference)];
      const [here, there] = [await lossesOf(ours), await lossesOf(theirs)];
      close(tf.tensor1d(here), tf.tensor1d(there), 1e-4);
      compare(ours, theirs);
      [ours, theirs].forEach((training) => training.dispose());
    });
  }

  it("leaves the second biases at exactly zero", async () => {
    const training = await start({}, cudnn);
    await lossesOf(training);
    const [buffer] = training.model.weights.variables as [Variable & Tensor1D];
    const gates = 4 * training.model.params.neurons;
    const biases = buffer.slice(buffer.size - 4 * gates).dataSync(); // two for each of two layers
    for (const layer of [0, 1]) {
      const [first, second] = [0, 1].map((which) =>
        biases.slice((2 * layer + which) * gates, (2 * layer + which + 1) * gates),
      );
      assert.ok(first.every((value) => value !== 0 && value !== 1));
      assert.ok(second.every((value) => value === 0));
    }
    training.dispose();
  });

  it("goes on from a checkpoint of the reference, and the other way round", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
    const params: Partial<Params> = { batches: "threads", schedule: "constant" };
    const through = await start(params, reference);
    await lossesOf(through);
    for (const [first, second] of [
      [cudnn, reference],
      [reference, cudnn],
      [cudnn, cudnn],
    ]) {
      const run = path.join(folder, `${first.name}-${second.name}`);
      const stopped = await start({ ...params, iterations: 3 }, first);
      await eventsOf(stopped, { checkpoints: run, sampleEvery: 0 });
      const resumed = await resumeTraining(run, smallLibrary(), { iterations: 8 }, second);
      assert.equal(resumed.position.iteration, 3);
      compare(resumed, stopped, 0);
      await lossesOf(resumed);
      compare(resumed, through);
      [stopped, resumed].forEach((training) => training.dispose());
    }
    through.dispose();
    await rm(folder, { recursive: true });
  });

  it("begins with the weights of a model of the reference", async () => {
    const { model, ...first } = await start({ layers: 3 }, reference);
    const training = await Training.start(smallLibrary(), {}, { model, implementation: cudnn });
    assert.equal(await write(training.model, { length: 20 }), await write(model, { length: 20 }));
    [training, model, first.optimizer].forEach((each) => each.dispose());
  });

  it("learns the same twice from one seed, dropout and all: what is dropped is drawn outside the operation", async () => {
    const digests: string[] = [];
    while (digests.length < 2) {
      const training = await start({ dropout: 0.5, seed: 3 }, cudnn);
      await lossesOf(training);
      digests.push(digestOf(training));
      training.dispose();
    }
    assert.equal(digests[0], digests[1]);
    for (const { attributes } of standIn.calls) assert.equal(attributes.dropout, 0);
  });

  it("waits for no number of the GPU in a step", async () => {
    for (const params of [{ dropout: 0.2 }, { skipConnections: true, dropout: 0.2 }, { dropout: 0 }]) {
      const training = await start({ ...params, batches: "threads" }, cudnn);
      const { model, optimizer, batches } = training;
      standIn.watch();
      let carried: State | undefined;
      for (const iteration of [0, 1, 2]) {
        const batch = batches.at(iteration);
        const { state, ...numbers } = carryOn(model, batch, carried, (before) =>
          trainingStep(model, optimizer, batch, before, {
            learningRate: 0.01,
            clipNorm: 0.2,
            weightDecay: 0,
            iteration,
          }),
        );
        carried = state;
        assert.deepEqual([standIn.reads, standIn.waiting], [0, []]);
        numbers.crossEntropy.dataSync();
        assert.equal(standIn.reads, 1, "the stand-in does not see what is read");
        standIn.watch();
        tf.dispose([numbers.crossEntropy, numbers.accuracy, numbers.gradientNorm]);
      }
      disposeState(carried!);
      training.dispose();
    }
  });

  it("leaves no tensor and no handle behind", async () => {
    const before = tf.memory().numTensors;
    for (const params of [{ dropout: 0.2 }, { skipConnections: true, batches: "threads" as const }]) {
      const training = await start(params, cudnn);
      const counts = new Set<number>();
      for await (const event of train(training, { logEvery: 2, sampleEvery: 4, sampleLength: 3 })) {
        if (event.type === "step") counts.add(tf.memory().numTensors);
        assert.equal(standIn.raw, 0);
      }
      assert.equal(counts.size, 1, `${[...counts]}`);
      tf.dispose(training.tensors());
      training.dispose();
      assert.equal(tf.memory().numTensors, before);
    }
  });
});

function start(params: Partial<Params>, implementation: Implementation): Promise<Training> {
  const small = { ...smallParams, steps: 4, iterations: 8 };
  return Training.start(smallLibrary(), { ...small, ...params }, { implementation });
}

/** Asserts that two trainings have learned the same: weights, averages, state. */
function compare(ours: Training, theirs: Training, tolerance = 1e-3): void {
  const [here, there] = [ours.tensors(), theirs.tensors()];
  assert.deepEqual(Object.keys(here), Object.keys(there));
  for (const name of Object.keys(here)) close(here[name], there[name], tolerance, name);
  tf.dispose([here, there]);
}
