import assert from "node:assert/strict";
import { tf } from "../../../lib/network/tensorflow";
import { averagedAt } from "../../../lib/train/steps/weight-average";
import { Training } from "../../../lib/train/training";
import { eventsOf, smallLibrary, smallParams, weightsOf } from "../small";

describe("an average of weights", () => {
  it("is taken of the last iterations, at even distances, at most 64 times", () => {
    const taken = (iterations: number, averageLast: number) =>
      Array.from({ length: iterations }, (_, index) => index + 1).filter((iteration) =>
        averagedAt(iteration, { iterations, averageLast }),
      );
    assert.deepEqual(taken(20, 0), []);
    assert.deepEqual(taken(20, 0.01), []);
    assert.deepEqual(taken(20, 0.25), [16, 17, 18, 19, 20]);
    assert.deepEqual(taken(10, 1), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const many = taken(1000, 0.3);
    assert.deepEqual([many.length, many[0], many[1], many.at(-1)], [60, 705, 710, 1000]);
    const first = [705, 710].map((iteration) =>
      averagedAt(iteration, { iterations: 1000, averageLast: 0.3 }),
    );
    assert.deepEqual(first, ["first", "next"]);
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
