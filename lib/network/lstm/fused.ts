/** The network's computations on a CPU, each in one operation of our own (`native.ts`), as the seam wants them. */
import type { AdamUpdate } from "../adam";
import type { LossFunction } from "../loss";
import { tf, type Scalar, type Tensor, type Tensor2D, type Tensor3D } from "../tensorflow";
import type { Layer, LayerState } from "./layer";
import { clipAdam, lstmBackward, lstmForward, softmaxCrossEntropy } from "./native";

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

export const fusedAdam: AdamUpdate = clipAdam;
