/** Learns with three threads where none can be made, and then where they can: prints what came of each. */
import { learn } from "../../../../lib/network/lstm/fused/native-network";
import { operationsProblem } from "../../../../lib/network/lstm/fused/operations";
import { tf, type Tensor2D } from "../../../../lib/network/tensorflow";
import { oneLayer } from "./one-layer";

const neurons = 8;
const weights = oneLayer({ neurons, vocabulary: 3 }, tf.ones);
const ids = tf.ones([2, 4], "int32") as Tensor2D;
const state = [{ hidden: tf.ones([4, neurons]) as Tensor2D, cell: tf.ones([4, neurons]) as Tensor2D }];

if (operationsProblem()) throw new Error(operationsProblem());
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
