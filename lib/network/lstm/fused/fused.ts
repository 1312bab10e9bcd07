/** The network's computations on a CPU, by operations of our own (`native.ts`), as the seam wants them. */
import { random } from "../../../base/random";
import type { AdamUpdate } from "../../learning/adam-update";
import type { LossFunction } from "../../learning/loss";
import { type Scalar, type Tensor, type Tensor2D, tf } from "../../tensorflow";
import type { Save } from "./fused-layer";
import { learn, read, type Beside, type LearnResult, type NetworkWeights } from "./native-network";
import { clipAdam, softmaxCrossEntropy } from "./native-loss-and-adam";
import type { LayerStates, StepOptions } from "../stack";

export const fusedLoss: LossFunction = (logits, targets) => {
  let accuracy: Scalar | undefined;
  const differentiable = tf.customGrad((...given: unknown[]) => {
    const [scores, save] = given as [Tensor2D, Save];
    const result = softmaxCrossEntropy(scores, targets);
    accuracy = tf.keep(result.accuracy);
    save([result.gradient]);
    const gradFunc = (outer: Tensor, [gradient]: Tensor[]) => gradient.mul(outer);
    return { value: result.crossEntropy, gradFunc };
  });
  return { crossEntropy: differentiable(logits) as Scalar, accuracy: accuracy! };
};

/**
 * Losses, gradients and state of a whole network. Dropout is drawn inside, by other numbers than `dropoutMask` draws.
 *
 * @param options.beside what the head reads beside the layers
 * @returns accuracy, state and memory are kept; the caller disposes of all
 */
export function fusedLearn(
  weights: NetworkWeights,
  ids: Tensor2D,
  targets: Tensor2D,
  state: LayerStates,
  { dropout, precision, beside }: StepOptions & { readonly beside?: Beside },
): LearnResult {
  const { rate, seed, place } = dropout ?? { rate: 0, seed: 0, place: 0 };
  const keys = weights.layers.map((_, layer) => random(seed, place, layer)() * 0x7fffffff);
  const result = learn(weights, ids, targets, state, { rate, keys }, precision, beside);
  const { accuracy, memory } = result;
  if (memory) [memory.features, memory.present].forEach((tensor) => tf.keep(tensor));
  return { ...result, accuracy: tf.keep(accuracy), state: kept(result.state) };
}

/** Scores of what follows each character, and the state after the last one, which is kept. Not differentiable. */
export function fusedRead(
  weights: NetworkWeights,
  ids: Tensor2D,
  state: LayerStates,
): { logits: Tensor2D; state: LayerStates } {
  const result = read(weights, ids, state);
  return { ...result, state: kept(result.state) };
}

function kept(state: LayerStates): LayerStates {
  return state.map(({ hidden, cell }) => ({ hidden: tf.keep(hidden), cell: tf.keep(cell) }));
}

export const fusedAdam: AdamUpdate = clipAdam;
