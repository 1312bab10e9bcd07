/**
 * The LSTM (Hochreiter and Schmidhuber 1997; with forget gates, Gers et al. 2000) in plain TensorFlow.js operations:
 * slow, runs on any backend, and the oracle against which the fast implementations are tested.
 */
import { productInBfloat16 } from "./bfloat16";
import { lookUp } from "../layers/look-up";
import type { Precision } from "../params";
import { tf, type Tensor, type Tensor2D, type Tensor3D } from "../tensorflow";
import type { LayerInput, LayerOutput, LayerState, LayerWeights } from "./layer";

export function referenceLayer(
  input: LayerInput,
  weights: LayerWeights,
  state: LayerState,
  precision: Precision = "fp32",
): LayerOutput {
  const product: Product = precision === "bf16" ? productInBfloat16 : tf.matMul;
  const fromInput = timeSteps(project(input, weights, product)); // time × [batch, 4 × neurons]
  let { hidden, cell } = state;
  const outputs: Tensor2D[] = [];
  for (const projected of fromInput) {
    const gates = projected.add(product(hidden, weights.recurrentKernel)); // [batch, 4 × neurons]
    const [inputGate, forgetGate, candidate, outputGate] = tf.split(gates, 4, 1) as Tensor2D[];
    cell = forgetGate.sigmoid().mul(cell).add(inputGate.sigmoid().mul(candidate.tanh()));
    hidden = outputGate.sigmoid().mul(cell.tanh());
    outputs.push(hidden);
  }
  return {
    hidden: tf.stack(outputs) as Tensor3D,
    state: { hidden: tf.keep(hidden.clone()), cell: tf.keep(cell.clone()) },
  };
}

type Product = (left: Tensor2D, right: Tensor2D) => Tensor;

/** [time, batch, width] as `time` tensors. The gradient of TensorFlow.js' unstack fails where there is only one. */
function timeSteps(all: Tensor3D): Tensor2D[] {
  const [time, batch, width] = all.shape;
  return time === 1 ? [all.reshape([batch, width])] : (tf.unstack(all) as Tensor2D[]);
}

/** What the inputs contribute to the gates of all time steps at once: [time, batch, 4 × neurons]. */
function project({ ids, below }: LayerInput, { kernel, bias }: LayerWeights, product: Product): Tensor3D {
  const [rows, columns] = kernel.shape;
  const width = below?.shape[2] ?? 0;
  const parts: Tensor[] = [];
  if (below) {
    const [time, batch] = below.shape;
    const flat = below.reshape([time * batch, width]) as Tensor2D;
    parts.push(product(flat, tf.slice(kernel, 0, width)).reshape([time, batch, columns]));
  }
  if (ids) {
    parts.push(lookUp(tf.slice(kernel, width, rows - width), ids));
  }
  if (parts.length === 0) throw new Error("Expected a layer to read characters, a layer below, or both");
  return tf.addN(parts).add(bias) as Tensor3D;
}
