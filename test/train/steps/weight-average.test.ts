import assert from "node:assert/strict";
import { tf } from "../../../lib/network/tensorflow";
import { isAveragedAt } from "../../../lib/train/steps/weight-average";
import { Training } from "../../../lib/train/training";
import { eventsOf, smallLibrary, smallParams, weightsOf } from "../small";

describe("an average of weights", () => {
  it("is taken of the last iterations, at even distances, at most 64 times", () => {
    const taken = (iterations: number, averageLast: number) =>
      Array.from({ length: iterations }, (_, index) => index + 1).filter((iteration) =>
        isAveragedAt(iteration, { iterations, averageLast }),
      );
    assert.deepEqual(taken(20, 0), []);
    assert.deepEqual(taken(20, 0.01), []);
    assert.deepEqual(taken(20, 0.25), [16, 17, 18, 19, 20]);
    assert.deepEqual(taken(10, 1), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const many = taken(1000, 0.3);
    assert.deepEqual([many.length, many[0], many[1], many.at(-1)], [60, 705, 710, 1000]);
  });

  it("is what the network has at the end, and not before", async () => {
    const params = { ...smallParams, iterations: 12 };
    const plain = await Training.start(smallLibrary(), params);
    const averaged = await Training.start(smallLibrary(), { ...params, averageLast: 0.25 });
    const last: Record<string, number[]>[] = [];
    for (let step = 0; step < 12; step++) {
      assert.deepEqual(weightsOf(averaged), weightsOf(plain));
      for (const training of [plain, averaged]) tf.dispose({ ...training.step() });
      if (step >= 9) last.push(weightsOf(plain));
    }
    for (const [name, weights] of Object.entries(weightsOf(averaged))) {
      const mean = weights.map(
        (_, index) => (last[0][name][index] + last[1][name][index] + last[2][name][index]) / 3,
      );
      weights.forEach((weight, index) => assert.ok(Math.abs(weight - mean[index]) < 1e-6, name));
    }
    assert.match(
      averaged.takeNotices().at(-1)!.text,
      /mean of those on its last 3 iterations .* taken 3 times/,
    );
    [plain, averaged].forEach((training) => training.dispose());
  });

  it("begins anew where the end is another one, so that it is of the last iterations alone", async () => {
    const params = { ...smallParams, schedule: "constant", warmup: 0 } as const;
    const plain = await Training.start(smallLibrary(), params);
    const moved = await Training.start(smallLibrary(), { ...params, iterations: 10, averageLast: 0.5 });
    const last: Record<string, number[]>[] = [];
    for (let step = 1; step <= 12; step++) {
      if (step === 9) moved.params.iterations = 12;
      for (const training of [plain, moved]) tf.dispose({ ...training.step() });
      if (step >= 9) last.push(weightsOf(plain));
    }
    for (const [name, weights] of Object.entries(weightsOf(moved)))
      weights.forEach((weight, index) => {
        const mean = last.reduce((sum, one) => sum + one[name][index], 0) / last.length;
        assert.ok(Math.abs(weight - mean) < 1e-6, name);
      });
    assert.match(moved.takeNotices().at(-1)!.text, /taken 4 times/);
    [plain, moved].forEach((training) => training.dispose());
  });

  it("is refused where it does not fit the network", async () => {
    const training = await Training.start(smallLibrary(), { ...smallParams, averageLast: 1 });
    tf.dispose({ ...training.step() });
    const tensors = training.tensors();
    const { "average/head/bias": bias, ...others } = tensors;
    const one = tf.ones([1]);
    for (const harmed of [others, { ...others, "average/head/bias": one }])
      assert.throws(
        () => training.restore(harmed, training.position),
        /Expected the weights average\/head\/bias of shape 20, got (none|1)/,
      );
    tf.dispose([bias, one, ...Object.values(others)]);
    training.dispose();
  });

  it("is told of before what is measured with it", async () => {
    const training = await Training.start(smallLibrary(), { ...smallParams, averageLast: 0.5 });
    const events = await eventsOf(training, { validateEvery: 20, sampleEvery: 0 });
    const kinds = events.map((event) => (event.type === "notice" ? event.about : event.type));
    assert.ok(
      kinds.indexOf("average") >= 0 && kinds.indexOf("average") < kinds.indexOf("validation"),
      `${kinds}`,
    );
    training.dispose();
  });
});
