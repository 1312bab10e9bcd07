/** The same network as TensorFlow.js has it, `tf.layers.lstm`, under tfjs-node. It clips no gradients. */
import { ready, tf } from "../../lib/network/tensorflow";
import { random } from "../../lib/base/random";
import { answerRequests, type Task } from "../answer";
import type { NetworkSize, StepSize } from "./network-size";

export async function main(): Promise<number> {
  const { version } = await ready();
  await answerRequests({ step, generation }, { node: process.versions.node, tensorflow: version });
  return 0;
}

function network(
  { layers, neurons, vocabulary }: NetworkSize,
  [batch, time]: [number, number],
  stateful = false,
) {
  const model = tf.sequential();
  for (let layer = 0; layer < layers; layer++) {
    model.add(
      tf.layers.lstm({
        units: neurons,
        returnSequences: true,
        stateful,
        batchInputShape: layer === 0 ? [batch, time, vocabulary] : undefined,
        recurrentInitializer: "glorotUniform", // The default one takes minutes to make.
      }),
    );
  }
  model.add(tf.layers.dense({ units: vocabulary, activation: "softmax" }));
  return model;
}

function step({ time, batch, ...size }: StepSize): Task {
  const model = network(size, [batch, time]);
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy" });
  const draw = random(2);
  const characters = () => {
    const ids = Int32Array.from({ length: batch * time }, () => Math.floor(draw() * size.vocabulary));
    return tf.tidy(() => tf.oneHot(tf.tensor2d(ids, [batch, time], "int32"), size.vocabulary).toFloat());
  };
  const [inputs, targets] = [characters(), characters()];
  return {
    facts: { weights: model.countParams() },
    run: async () => (await model.trainOnBatch(inputs, targets)) as number,
    close() {
      model.dispose();
      tf.dispose([inputs, targets]);
    },
  };
}

function generation({ length, ...size }: NetworkSize & { length: number }): Task {
  const model = network(size, [1, 1], true);
  const draw = random(3);
  return {
    facts: { weights: model.countParams(), characters: length },
    run() {
      model.resetStates();
      let id = 1;
      for (let written = 0; written < length; written++) {
        const shares = tf.tidy(() => {
          const character = tf.oneHot(tf.tensor2d([id], [1, 1], "int32"), size.vocabulary).toFloat();
          return (model.predictOnBatch(character) as ReturnType<typeof tf.zeros>)
            .log()
            .div(0.8)
            .softmax()
            .dataSync();
        });
        id = chosen(shares, draw());
      }
      return length;
    },
    close: () => model.dispose(),
  };
}

/** The id in whose share of [0, 1) a number falls. */
function chosen(shares: ArrayLike<number>, drawn: number): number {
  let left = drawn;
  for (let id = 0; id < shares.length; id++) {
    left -= shares[id];
    if (left < 0) return id;
  }
  return shares.length - 1;
}
