/** One layer by operations of our own, with its way back, as TensorFlow.js' gradients want it. */
import { type Tensor, type Tensor2D, type Tensor3D, tf } from "../../tensorflow";
import type { Layer, LayerState } from "../layer";
import { lstmBackward, lstmForward } from "./native-layer";

export type Save = (tensors: Tensor[]) => void;

export const fusedLayer: Layer = ({ below, ids }, weights, state, precision) => {
  const { kernel, recurrentKernel, bias } = weights;
  const by = [...(below ? [below] : []), state.hidden, state.cell, kernel, recurrentKernel, bias];
  let after: LayerState | undefined;
  const forward = (save: Save) => {
    const steps = lstmForward({ below, ids, ...state, ...weights, precision });
    after = { hidden: lastOf(steps.hiddens), cell: lastOf(steps.cells) };
    // Only what is saved still exists on the way back.
    save([...(ids ? [ids] : []), ...by.slice(0, -3), steps.hiddens, steps.cells, steps.gates]);
    return { value: steps.hiddens, gradFunc: backward };
  };
  const backward = (gradient: Tensor, saved: Tensor[]) => {
    const left = [...saved];
    const read = {
      ids: ids && (left.shift() as Tensor2D),
      below: below && (left.shift() as Tensor3D),
    };
    const [hidden, cell, hiddens, cells, gates] = left as [Tensor2D, Tensor2D, Tensor3D, Tensor3D, Tensor3D];
    const back = lstmBackward(
      { ...read, hidden, cell, kernel, recurrentKernel, bias, precision },
      { hiddens, cells, gates },
      gradient as Tensor3D,
    );
    const flowsDown = below ? [back.below] : [];
    return [...flowsDown, back.hidden, back.cell, back.kernel, back.recurrentKernel, back.bias];
  };
  const differentiable = tf.customGrad((...inputs: unknown[]) => forward(inputs.pop() as Save));
  return { hidden: differentiable(...by) as Tensor3D, state: after! };
};

/** The last time step of [time, batch, neurons], kept. */
function lastOf(steps: Tensor3D): Tensor2D {
  const [time, batch, neurons] = steps.shape;
  return tf.keep(steps.slice([time - 1, 0, 0], [1, batch, neurons]).reshape([batch, neurons]));
}
