/** Networks of a few cells, for what is read and written in Keras' files, and whether two are the same. */
import assert from "node:assert/strict";
import { random } from "../../../lib/base/random";
import { Model } from "../../../lib/network/model";
import { tf } from "../../../lib/network/tensorflow";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";
import type { Params } from "../../../lib/train/params";

export const characters = Vocabulary.of(["abcde \n"]);

/** A network whose weights are all other than zero. */
export async function trained(params: Partial<Params>, vocabulary: Vocabulary): Promise<Model> {
  const model = await Model.create({ neurons: 4, layers: 2, ...params }, vocabulary);
  const draw = random(7);
  tf.tidy(() => {
    const moved = Array.from(model.weights, ([name, weight]) => {
      const values = Float32Array.from({ length: weight.size }, () => 1.6 * draw() - 0.8);
      return [name, tf.tensor(values, weight.shape)];
    });
    model.weights.load(Object.fromEntries(moved));
  });
  return model;
}

/** Asserts that two networks have the same vocabulary, params and weights, and disposes of the first one. */
export async function assertSame(actual: Model, expected: Model): Promise<void> {
  assert.deepEqual(actual.params, expected.params);
  assert.ok(actual.vocabulary.equals(expected.vocabulary));
  const bits = (model: Model) =>
    tf.tidy(
      () => Array.from(model.weights, ([name, weight]) => [name, weight.shape, weight.dataSync()]) as never,
    );
  assert.deepEqual(bits(actual), bits(expected));
  actual.dispose();
}
