/** A trained network that learns new tokens: what it has learned stays, what it lacks begins as in a fresh one. */
import type { Model } from "../network/model";
import { tf, type Tensor } from "../network/tensorflow";

/**
 * Copies the weights of a trained network into one of the same shape that knows the same tokens under the same numbers,
 * and maybe others behind them: their rows in the kernels and the embedding, and their columns of the head, stay as they
 * are.
 *
 * @throws where the shapes differ in more than that
 * @example takeOver(await Model.create(trained.params, trained.vocabulary.extendedBy(vocabulary)), trained)
 */
export function takeOver(model: Model, trained: Model): void {
  tf.tidy(() => {
    const known = new Map(trained.weights);
    const weights = Array.from(model.weights, ([name, fresh]): [string, Tensor] => {
      const learned = known.get(name);
      return [name, learned ? withFresh(learned, fresh) : fresh];
    });
    model.weights.load(Object.fromEntries(weights));
  });
}

/** The learned weights, and behind them the fresh ones of what is new; the two differ in length along one side at most. */
function withFresh(learned: Tensor, fresh: Tensor): Tensor {
  const side = fresh.shape.findIndex((length, index) => length !== learned.shape[index]);
  if (side < 0) return learned;
  const begin = fresh.shape.map((_, index) => (index === side ? learned.shape[side] : 0));
  return tf.concat([learned, fresh.slice(begin)], side);
}
