/** Learns with three threads where none can be made, and then where they can: prints what came of each. */
import { learn } from "../../../../lib/network/lstm/fused/native-network";
import { nativeProblem } from "../../../../lib/network/lstm/fused/native";
import { tf, type Tensor1D, type Tensor2D } from "../../../../lib/network/tensorflow";

const neurons = 8;
const weights = {
  layers: [
    {
      kernel: tf.ones([3, 4 * neurons]) as Tensor2D,
      recurrentKernel: tf.ones([neurons, 4 * neurons]) as Tensor2D,
      bias: tf.ones([4 * neurons]) as Tensor1D,
    },
  ],
  headKernel: tf.ones([neurons, 3]) as Tensor2D,
  headBias: tf.ones([3]) as Tensor1D,
};
const ids = tf.ones([2, 4], "int32") as Tensor2D;
const state = [{ hidden: tf.ones([4, neurons]) as Tensor2D, cell: tf.ones([4, neurons]) as Tensor2D }];

if (nativeProblem()) throw new Error(nativeProblem());
learn(weights, ids, ids, state).crossEntropy.dataSync(); // alone: PALIMPSEST_THREADS is 1
process.env.PALIMPSEST_THREADS = "3";
process.env.NO_THREAD = "1";
for (let turn = 0; turn < 2; turn++) {
  try {
    learn(weights, ids, ids, state);
    console.log("learned");
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
  }
  delete process.env.NO_THREAD;
}
