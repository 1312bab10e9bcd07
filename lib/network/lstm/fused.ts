/** The network's computations on a CPU, each in one operation of our own (`native.ts`), as the seam wants them. */
import { random } from "../../text/random";
import type { AdamUpdate } from "../adam";
import type { Loss, LossFunction } from "../loss";
import { tf, type Scalar, type Tensor, type Tensor2D, type Tensor3D } from "../tensorflow";
import type { Layer, LayerState } from "./layer";
import {
  clipAdam,
  learn,
  lstmBackward,
  lstmForward,
  softmaxCrossEntropy,
  type NetworkWeights,
} from "./native";
import type { Dropout, State } from "./stack";

type Save = (tensors: Tensor[]) => void;

export const fusedLayer: Layer = ({ below, ids }, weights, state) => {
  const { kernel, recurrentKernel, bias } = weights;
  const given: Tensor[] = [...(below ? [below] : []), ...(ids ? [ids] : [])];
  let after: LayerState | undefined;
  const forward = (save: Save) => {
    const steps = lstmForward({ below, ids, ...state, kernel, recurrentKernel, bias });
    after = { hidden: lastOf(steps.hiddens), cell: lastOf(steps.cells) };
    // Only what is saved still exists on the way back.
    save([...given, state.hidden, state.cell, steps.hiddens, steps.cells, steps.gates]);
    return { value: steps.hiddens, gradFunc: backward };
  };
  const backward = (gradient: Tensor, saved: Tensor[]) => {
    const inputs = saved.slice(0, given.length);
    const [hidden, cell, hiddens, cells, gates] = saved.slice(given.length) as [
      Tensor2D,
      Tensor2D,
      ...Tensor3D[],
    ];
    const read = { below: below && (inputs.shift() as Tensor3D), ids: ids && (inputs.shift() as Tensor2D) };
    const known = { ...read, hidden, cell, kernel, recurrentKernel, bias };
    const back = lstmBackward(known, { hiddens, cells, gates }, gradient as Tensor3D);
    return [...(below ? [back.below] : []), back.kernel, back.recurrentKernel, back.bias];
  };
  const differentiable = tf.customGrad((...inputs: unknown[]) => forward(inputs.pop() as Save));
  const hidden = differentiable(...(below ? [below] : []), kernel, recurrentKernel, bias) as Tensor3D;
  return { hidden, state: after! };
};

/** The last time step of [time, batch, neurons], kept. */
function lastOf(steps: Tensor3D): Tensor2D {
  const [time, batch, neurons] = steps.shape;
  return tf.keep(steps.slice([time - 1, 0, 0], [1, batch, neurons]).reshape([batch, neurons]));
}

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
 * @returns accuracy and state are kept; the caller disposes of all
 */
export function fusedLearn(
  weights: NetworkWeights,
  ids: Tensor2D,
  targets: Tensor2D,
  state: State,
  { rate, seed, place }: Dropout,
): Loss & { state: State; gradients: Tensor[] } {
  const keys = weights.layers.map((_, layer) => random(seed, place, layer)() * 0x7fffffff);
  const {
    crossEntropy,
    accuracy,
    state: after,
    gradients,
  } = learn(weights, ids, targets, state, { rate, keys });
  const kept = after.map(({ hidden, cell }) => ({ hidden: tf.keep(hidden), cell: tf.keep(cell) }));
  return { crossEntropy, accuracy: tf.keep(accuracy), state: kept, gradients };
}

export const fusedAdam: AdamUpdate = clipAdam;
