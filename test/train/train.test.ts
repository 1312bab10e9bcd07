import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { tf } from "../../lib/network/tensorflow";
import { write } from "../../lib/generate/generate";
import { TextLibrary } from "../../lib/text/library";
import { Training } from "../../lib/train/training";
import { train } from "../../lib/train/train";
import { eventsOf, smallLibrary, smallParams, weightsOf } from "./small";

/** So that what JavaScript could give back is not taken for a leak. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

describe("train", () => {
  it("learns one sentence by heart", async () => {
    const sentence = "the goat sails on the high sea. ";
    const texts = [{ title: "Goat", author: "", source: "string", content: sentence.repeat(30), weight: 1 }];
    const library = new TextLibrary(texts, { validation: 0 });
    const training = await Training.start(library, {
      ...{ neurons: 24, layers: 1, steps: 32, batchSize: 8 },
      ...{ iterations: 150, learningRate: 0.02, warmup: 0 },
    });
    const events = await eventsOf(training, { sampleEvery: 0 });
    const steps = events.flatMap((event) => (event.type === "step" ? [event] : []));
    assert.ok(steps[0].crossEntropy > 1.5);
    assert.ok(steps[steps.length - 1].crossEntropy < 0.3);
    const written = await write(training.model, { prompt: "the goat ", length: 23, temperature: 0 });
    assert.equal(written, "sails on the high sea. ");
    training.dispose();
  });

  it("tells steps, validations, samples, checkpoints and the end at their times", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    const events = await eventsOf(training, {
      logEvery: 5,
      validateEvery: 10,
      sampleEvery: 10,
      temperatures: [0, 1],
    });
    const told = events.map((event) => `${event.type} ${event.iteration}`);
    assert.deepEqual(told, [
      ...["step 5", "step 10", "validation 10", "sample 10", "sample 10"],
      ...["step 15", "step 20", "validation 20", "sample 20", "sample 20", "end 20"],
    ]);
    const last = events[events.length - 1];
    assert.ok(last.type === "end" && last.reason === "finished");
    assert.equal(training.position.history.length, events.length - 1);
    training.dispose();
  });

  it("tells the mean loss and accuracy, the pace, the epoch and the learning rate of the steps", async () => {
    const library = smallLibrary();
    const training = await Training.start(library, { ...smallParams, schedule: "constant" });
    const [step] = await eventsOf(training, { sampleEvery: 0, validateEvery: 0, logEvery: 20 });
    assert.ok(step.type === "step");
    const uniform = Math.log(library.vocabulary.size);
    assert.ok(step.crossEntropy > uniform / 2 && step.crossEntropy < uniform * 1.1);
    assert.ok(step.accuracy >= 0 && step.accuracy < 1);
    assert.equal(step.learningRate, 1e-2);
    assert.ok(Math.abs(step.epoch - 20 / training.batches.perEpoch) < 1e-9);
    assert.ok(step.tokensPerSecond > 0 && step.gradientNorm > 0 && step.secondsLeft === 0);
    training.dispose();
  });

  it("does without validation where what is held out is shorter than a window", async () => {
    const texts = [
      { title: "A", author: "", source: "string", content: "a sail of salt. ".repeat(5), weight: 1 },
    ];
    const training = await Training.start(new TextLibrary(texts), { ...smallParams, steps: 16 });
    const events = await eventsOf(training, { validateEvery: 5, sampleEvery: 0 });
    assert.ok(!events.some(({ type }) => type === "validation"));
    const notices = events.flatMap((event) => (event.type === "notice" ? [event.text] : []));
    assert.equal(notices.length, 1);
    assert.match(
      notices[0],
      /^Nothing is validated: .* no longer than a window \(`steps` 16\)\. Lower `steps`,/,
    );
    const again = await eventsOf(training, { validateEvery: 5, sampleEvery: 0 });
    assert.ok(!again.some(({ type }) => type === "notice"), "it is said once");
    training.dispose();
  });

  it("gives the same numbers from the same seed", async () => {
    const [first, second] = [
      await Training.start(smallLibrary(), smallParams),
      await Training.start(smallLibrary(), smallParams),
    ];
    await eventsOf(first);
    await eventsOf(second);
    assert.deepEqual(weightsOf(first), weightsOf(second));
    const other = await Training.start(smallLibrary(), { ...smallParams, seed: 2 });
    assert.notDeepEqual(weightsOf(first), weightsOf(other));
    [first, second, other].forEach((training) => training.dispose());
  });

  it("leaves smaller weights with a weight decay", async () => {
    const [free, decayed] = await Promise.all(
      [0, 5].map((weightDecay) => Training.start(smallLibrary(), { ...smallParams, weightDecay })),
    );
    for (const training of [free, decayed]) await eventsOf(training);
    const size = (training: Training) =>
      Math.hypot(...Object.values(weightsOf(training)).flatMap((weights) => weights));
    assert.ok(size(decayed) < 0.8 * size(free), `${size(decayed)} and ${size(free)}`);
    [free, decayed].forEach((training) => training.dispose());
  });

  it("ends at an interrupt, keeps the training, goes on from there and gives the interrupt back", async () => {
    const mine = () => undefined;
    process.on("SIGINT", mine);
    const listeners = process.listeners("SIGINT");
    const training = await Training.start(smallLibrary(), { ...smallParams, iterations: 40 });
    const reasons: string[] = [];
    for await (const event of train(training, { logEvery: 7, sampleEvery: 0 })) {
      if (event.type === "step" && event.iteration === 7) process.kill(process.pid, "SIGINT");
      if (event.type === "end") reasons.push(event.reason);
    }
    assert.deepEqual(reasons, ["interrupted"]);
    assert.ok(training.position.iteration >= 7 && training.position.iteration < 40);
    assert.deepEqual(process.listeners("SIGINT"), listeners);
    process.removeListener("SIGINT", mine);

    await eventsOf(training, { sampleEvery: 0 });
    const through = await Training.start(smallLibrary(), { ...smallParams, iterations: 40 });
    await eventsOf(through, { sampleEvery: 0 });
    assert.deepEqual(weightsOf(training), weightsOf(through));
    [training, through].forEach((each) => each.dispose());
  });

  it("gives the interrupt back when its listener walks away", async () => {
    const listeners = process.listeners("SIGINT");
    const training = await Training.start(smallLibrary(), smallParams);
    for await (const event of train(training, { logEvery: 1 })) if (event.iteration === 3) break;
    assert.deepEqual(process.listeners("SIGINT"), listeners);
    assert.equal(training.position.iteration, 3);
    training.dispose();
  });

  it("ends when its seconds are over or its signal says so", async () => {
    const training = await Training.start(smallLibrary(), { ...smallParams, iterations: 1e6 });
    const [timed] = (await eventsOf(training, { seconds: 0.2, sampleEvery: 0 })).slice(-1);
    assert.ok(timed.type === "end" && timed.reason === "time");
    const [aborted] = (await eventsOf(training, { signal: AbortSignal.timeout(200), sampleEvery: 0 })).slice(
      -1,
    );
    assert.ok(aborted.type === "end" && aborted.reason === "interrupted");
    training.dispose();
  });

  it("lowers the loss on text that it has not read", async () => {
    for (const batches of ["windows", "threads"] as const) {
      const params = { ...smallParams, neurons: 32, iterations: 300, learningRate: 0.01, batches };
      const training = await Training.start(smallLibrary(), params);
      const events = await eventsOf(training, { sampleEvery: 0, validateEvery: 50 });
      const losses = events.flatMap((event) => (event.type === "validation" ? [event.crossEntropy] : []));
      assert.ok(losses[losses.length - 1] < losses[0] * 0.75, `${batches}: ${losses}`);
      training.dispose();
    }
  });

  it("leaves the number of tensors and the memory after 1,000 steps where they were after the tenth", async function () {
    this.timeout(300_000);
    for (const batches of ["windows", "threads"] as const) {
      const training = await Training.start(smallLibrary(), {
        ...smallParams,
        dropout: 0.2,
        iterations: 1000,
        batches,
      });
      let tenth = { tensors: 0, bytes: 0, resident: 0 };
      const now = () => {
        collectGarbage();
        const { numTensors, numBytes } = tf.memory();
        return { tensors: numTensors, bytes: numBytes, resident: process.memoryUsage().rss };
      };
      const options = { logEvery: 10, validateEvery: 250, sampleEvery: 500, sampleLength: 40 };
      for await (const event of train(training, options)) if (event.iteration === 10) tenth = now();
      const last = now();
      assert.equal(last.tensors, tenth.tensors, batches);
      assert.equal(last.bytes, tenth.bytes, batches);
      assert.ok(
        last.resident - tenth.resident < 50e6,
        `${batches}: ${(last.resident - tenth.resident) / 1e6} MB more`,
      );
      training.dispose();
    }
  });

  it("echoes an option that makes no sense", async () => {
    const training = await Training.start(smallLibrary(), smallParams);
    await assert.rejects(eventsOf(training, { seconds: -1 }), /Expected `seconds` > 0, got -1/);
    await assert.rejects(
      eventsOf(training, { logEvery: 0.5 }),
      /Expected `logEvery` to be a whole number, got 0.5/,
    );
    training.dispose();
  });
});
