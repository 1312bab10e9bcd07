/** This project's network as the bench times it, in Node.js (`../own.ts`) and in a page (`in-page.ts`). */
import { random } from "../../lib/base/random";
import { chooseImplementation } from "../../lib/network/implementation";
import { Adam } from "../../lib/network/learning/adam";
import { Model } from "../../lib/network/model";
import type { NetworkParams } from "../../lib/network/params";
import { disposeState } from "../../lib/network/state";
import { tf } from "../../lib/network/tensorflow";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";
import { trainingStep } from "../../lib/train/steps/step";
import type { Task } from "../answer";
import type { NetworkSize, StepSize } from "./network-size";

/** Which implementation computes, and how exactly it multiplies. */
export interface Way {
  /** The fastest that runs, where it is left out. */
  readonly implementation?: string;
  readonly precision: string;
}

/** A training step on random characters: forward, backward, clip, Adam, and the loss as a number. */
export async function step({ time, batch, ...size }: StepSize & Way): Promise<Task> {
  const model = await createModel(size);
  const optimizer = new Adam(model.weights.learned, model.implementation.adam);
  const draw = random(2);
  const ids = () => Int32Array.from({ length: time * batch }, () => Math.floor(draw() * size.vocabulary));
  const characters = { inputs: ids(), targets: ids(), time, batch };
  let iteration = 0;
  return {
    facts: { weights: model.size },
    run() {
      const before = model.zeroState(batch);
      const { crossEntropy, accuracy, gradientNorm, state } = trainingStep(
        model,
        optimizer,
        characters,
        before,
        { learningRate: 1e-3, clipNorm: 0.2, iteration: iteration++ },
      );
      const [loss] = crossEntropy.dataSync();
      tf.dispose([crossEntropy, accuracy, gradientNorm]);
      [before, state].forEach(disposeState);
      return loss;
    },
    close() {
      optimizer.dispose();
      model.dispose();
    },
  };
}

export async function createModel(options: NetworkSize & Way): Promise<Model> {
  const { layers, neurons, vocabulary, implementation, precision } = options;
  const characters = Array.from({ length: vocabulary - 1 }, (_, index) => String.fromCodePoint(33 + index));
  const params = {
    layers,
    neurons,
    ...(precision === "fp32" ? {} : { precision }),
  } as Partial<NetworkParams>;
  return Model.create(params, Vocabulary.of(characters), {
    implementation: chooseImplementation(implementation),
  });
}
