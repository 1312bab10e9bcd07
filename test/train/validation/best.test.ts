import assert from "node:assert/strict";
import { write } from "../../../lib/generate/generate";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { tf } from "../../../lib/network/tensorflow";
import { bestValidation } from "../../../lib/train/validation/best";
import type { HistoryEntry, TrainingEvent } from "../../../lib/train/events";
import type { TrainOptions } from "../../../lib/train/options";
import type { Params } from "../../../lib/train/params";
import { cardOf } from "../../../lib/train/saved/card";
import { loadModel, resumeTraining } from "../../../lib/train/saved/checkpoint";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { digestOf, eventsOf, smallLibrary, smallParams, weightsOf } from "../small";

const history = (losses: readonly number[]): HistoryEntry[] =>
  losses.map((crossEntropy, index) => ({
    ...{ type: "validation", iteration: 10 * (index + 1), crossEntropy, perCharacter: crossEntropy },
    accuracy: 0,
  }));

/** It learns its few sentences by heart soon. */
const greedy: Partial<Params> = {
  ...smallParams,
  neurons: 48,
  batchSize: 8,
  iterations: 400,
  learningRate: 0.05,
  schedule: "constant",
};
const loop: TrainOptions = { validateEvery: 10, sampleEvery: 0, logEvery: 10 };

describe("the best of a training's validations", () => {
  it("is the lowest, the first of equal ones", () => {
    const entries = history([2, 1.5, 1.5, 1.8]);
    assert.equal(bestValidation(entries)?.iteration, 20);
    assert.equal(bestValidation([]), undefined);
  });
});

describe("a training with patience", () => {
  it("ends where validation has not fallen for so long, and says since when", async () => {
    const training = await Training.start(smallLibrary(), greedy);
    const events = await eventsOf(training, { ...loop, patience: 4, restoreBest: true });
    const end = events.at(-1)!;
    assert.ok(end.type === "end" && end.reason === "patience" && end.best && end.restored);
    assert.equal(end.iteration, end.best.iteration + 40);
    assert.equal(bestValidation(training.position.history)?.iteration, end.best.iteration);
    const told = events.flatMap((event) => (event.type === "notice" ? [event.about] : []));
    assert.ok(told.includes("overfitting"), String(told));
    const { crossEntropy } = await training.validate();
    assert.equal(crossEntropy, end.best.crossEntropy);
    assert.deepEqual(
      [cardOf(training).iterations, cardOf(training).validation],
      [end.best.iteration, crossEntropy],
    );
    training.dispose();
  });

  it("samples once more at its end, now that the network has the best weights", async () => {
    const training = await Training.start(smallLibrary(), greedy);
    const sampled = { sampleEvery: 30, sampleLength: 20, temperatures: [0.5] };
    const events = await eventsOf(training, { ...loop, ...sampled, patience: 4, restoreBest: true });
    const [sample, end] = events.slice(-2);
    assert.ok(sample.type === "sample" && end.type === "end" && end.best && end.restored);
    assert.equal(sample.iteration, end.best.iteration);
    const seed = training.params.seed + end.best.iteration;
    assert.equal(sample.text, await write(training.model, { length: 20, temperature: 0.5, seed }));
    assert.ok(!training.position.history.includes(sample), "what was learned since has samples of its own");
    training.dispose();
  });

  it("goes on without it until the end", async () => {
    const training = await Training.start(smallLibrary(), { ...greedy, iterations: 150 });
    const [end] = (await eventsOf(training, loop)).slice(-1);
    assert.deepEqual([end.type, end.iteration, "best" in end], ["end", 150, false]);
    training.dispose();
  });

  it("goes on from its newest weights, as if the best had never been restored, and frees them all", async () => {
    const before = tf.memory().numTensors;
    const through = await Training.start(smallLibrary(), { ...greedy, iterations: 200 });
    await eventsOf(through, loop);
    const stopped = await Training.start(smallLibrary(), { ...greedy, iterations: 200 });
    await eventsOf(stopped, { ...loop, patience: 2, restoreBest: true });
    assert.notEqual(stopped.best.iteration, stopped.position.iteration);
    assert.ok(stopped.best.inUse);
    await eventsOf(stopped, loop);
    assert.deepEqual(weightsOf(stopped), weightsOf(through));
    [through, stopped].forEach((each) => each.dispose());
    assert.equal(tf.memory().numTensors, before);
  });

  it("is refused one that is no whole number", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    await assert.rejects(eventsOf(training, { patience: 0.5 }), /Expected `patience` to be a whole number/);
    training.dispose();
  });
});

describe("a run", () => {
  let folder = "";
  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), "palimpsest-")), "run");
  });
  afterEach(() => rm(path.dirname(folder), { recursive: true }));

  it("keeps the best weights from the moment when they were validated, and calls no others the best", async () => {
    const training = await Training.start(smallLibrary(), greedy);
    const events = await eventsOf(training, {
      ...{ ...loop, checkpoints: folder, checkpointEvery: 35, keep: 1 },
      ...{ patience: 3, restoreBest: true },
    });
    const validated = new Set(events.flatMap((one) => (one.type === "validation" ? [one.iteration] : [])));
    const best = events.flatMap((one) => (one.type === "checkpoint" && one.best ? [one.iteration] : []));
    assert.ok(best.length > 0 && best.every((iteration) => validated.has(iteration)));
    const end = events.at(-1);
    assert.ok(end?.type === "end" && end.best);
    assert.equal(best.at(-1), end.best.iteration);
    const loaded = await loadModel(folder);
    const weights = [...loaded.weights].map(([name, weight]) => [name, [...weight.dataSync()]]);
    assert.deepEqual(Object.fromEntries(weights), weightsOf(training));
    loaded.dispose();
    training.dispose();
  });

  it("that is stopped and resumed ends where one ends that never stopped, with the same weights", async () => {
    for (const schedule of ["constant", "plateau"] as const) {
      const options = { ...loop, patience: 4, restoreBest: true };
      const params = { ...greedy, schedule, plateauPatience: 1, plateauFactor: 0.25 };
      const through = await Training.start(smallLibrary(), params);
      const [whole] = (await eventsOf(through, options)).slice(-1);
      assert.ok(whole.type === "end" && whole.reason === "patience" && whole.best);
      const stopAt = whole.best.iteration + 15;
      const run = `${folder}-${schedule}`;
      const stopped = await Training.start(smallLibrary(), params);
      const stop = new AbortController();
      const stopping = { ...options, checkpoints: run, signal: stop.signal, logEvery: 1 };
      for await (const { iteration } of train(stopped, stopping)) if (iteration === stopAt) stop.abort();
      const resumed = await resumeTraining(run, smallLibrary());
      assert.equal(resumed.position.iteration, stopAt);
      const [end] = (await eventsOf(resumed, { ...options, checkpoints: run })).slice(-1);
      assert.deepEqual(
        [end.iteration, (end as typeof whole).best, (end as typeof whole).restored],
        [whole.iteration, whole.best, true],
      );
      assert.deepEqual(weightsOf(resumed), weightsOf(through));
      assert.equal(digestOf(resumed), digestOf(through));
      [through, stopped, resumed].forEach((each) => each.dispose());
    }
  });
});

describe('the schedule "plateau"', () => {
  it("lowers the learning rate in the steps after validation has not fallen for so long", async () => {
    const params = { ...greedy, iterations: 200, schedule: "plateau", plateauPatience: 2 } as const;
    const training = await Training.start(smallLibrary(), params);
    const events: TrainingEvent[] = await eventsOf(training, loop);
    const rates = events.flatMap((one) => (one.type === "step" ? [one.learningRate] : []));
    assert.equal(rates[2], 0.05);
    assert.ok(new Set(rates).size >= 3 && rates.every((rate, at) => at < 3 || rate <= rates[at - 1]));
    assert.ok(rates.includes(0.025) && Math.min(...rates) >= 0.05 * 0.05 - 1e-12);
    training.dispose();
  });
});
