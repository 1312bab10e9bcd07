import assert from "node:assert/strict";
import type { Progress } from "../../lib/base/progress";
import { tf } from "../../lib/network/tensorflow";
import { leaveOneOut, type LeaveOneOut } from "../../lib/train/leave-one-out";
import { withoutText } from "../../lib/text/without-text";
import { Training } from "../../lib/train/training";
import { eventsOf, smallLibrary, smallParams } from "./small";

const params = { ...smallParams, iterations: 25, dropout: 0.2 };

describe("leaveOneOut(library)", () => {
  const library = smallLibrary();

  it("trains as train does: the same steps on the library, and on the library without a text", async () => {
    const networks = await leaveOneOut(library, { params });
    assert.equal(networks.iterations, 25);
    assert.equal(networks.without.length, 2);
    const libraries = [library, withoutText(library, 0), withoutText(library, 1)];
    for (const [index, model] of [networks.by, ...networks.without].entries()) {
      const training = await Training.start(libraries[index], params);
      await eventsOf(training, { sampleEvery: 0, validateEvery: 0 });
      assert.deepEqual(numbers(model!), numbers(training.model));
      training.dispose();
    }
    assert.notDeepEqual(numbers(networks.without[0]!), numbers(networks.without[1]!));
    dispose(networks);
  });

  it("gives all networks the characters of all texts", async () => {
    const networks = await leaveOneOut(library, { params: { ...params, iterations: 1 } });
    for (const model of networks.without) assert.ok(model!.vocabulary.equals(networks.by.vocabulary));
    assert.deepEqual(
      withoutText(library, 0).training.map(({ title }) => title),
      ["Hill"],
    );
    dispose(networks);
  });

  it("leaves out those texts alone that are asked for, and takes a network that was trained before", async () => {
    const training = await Training.start(library, { ...params, iterations: 2 });
    const { numTensors } = tf.memory();
    const told: Progress[] = [];
    const networks = await leaveOneOut(library, {
      ...{ by: training.model, texts: [1], onProgress: (one: Progress) => told.push(one) },
    });
    assert.equal(networks.by, training.model);
    assert.deepEqual([networks.without[0], networks.iterations], [undefined, 2]);
    assert.deepEqual(told, [{ label: "Leave one out", done: 2, total: 2, unit: "iterations" }]);
    networks.without[1]!.dispose();
    assert.equal(tf.memory().numTensors, numTensors);
    training.dispose();
  });

  it("ends at an interrupt with networks of as many steps each", async () => {
    const networks = await leaveOneOut(library, {
      params: { ...params, iterations: 1000 },
      onProgress: ({ done }) => void (done === 40 && process.emit("SIGINT")),
    });
    assert.equal(networks.iterations, 20);
    dispose(networks);
  });

  it("refuses what it cannot leave out", async () => {
    await assert.rejects(leaveOneOut(library, { texts: [2] }), {
      message: "Expected `texts` to be numbers from 0 to 1, got 2",
    });
    await assert.rejects(
      leaveOneOut(withoutText(library, 0)),
      /at least two texts, to leave one of them out/,
    );
    await assert.rejects(leaveOneOut(library, { params: { schedule: "plateau" } }), {
      message: "Expected `schedule` other than plateau, as nothing is validated, got plateau",
    });
  });
});

function numbers(model: LeaveOneOut["by"]): Record<string, number[]> {
  return Object.fromEntries([...model.weights].map(([name, weight]) => [name, [...weight.dataSync()]]));
}

function dispose({ by, without }: LeaveOneOut): void {
  for (const model of [by, ...without]) model?.dispose();
}
