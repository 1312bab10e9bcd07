/** The program that runs this project's own code for the bench. */
import { Adam } from "../lib/network/learning/adam";
import { chooseImplementation, implementations } from "../lib/network/implementation";
import { abilities, operationsProblem } from "../lib/network/lstm/fused/operations";
import { Model } from "../lib/network/model";
import { disposeState } from "../lib/network/state";
import type { NetworkParams } from "../lib/network/params";
import { ready, tf } from "../lib/network/tensorflow";
import { write } from "../lib/generate/generate";
import { random } from "../lib/base/random";
import { Vocabulary } from "../lib/text/tokens/vocabulary";
import { trainingStep } from "../lib/train/steps/step";
import { answerRequests, type Facts, type Task } from "./answer";
import type { NetworkSize, StepSize } from "./training/network-size";
import { indexTask } from "./tracing/index-task";
import { matmul } from "./training/matmul";
import { traceTask } from "./tracing/trace-task";

/** Which implementation computes, and how exactly it multiplies. */
interface Way {
  readonly implementation: string;
  readonly precision: string;
}

export async function main(): Promise<number> {
  const { version } = await ready();
  const running = implementations.filter(({ problem }) => problem() === "").map(({ name }) => name);
  const ours = operationsProblem() === "" ? abilities() : undefined;
  const about: Facts = {
    node: process.versions.node,
    tensorflow: version,
    implementations: running.join(" "),
    lanes: ours?.lanes ?? 0,
    threads: ours?.threads ?? 0,
    bfloat16: ours?.bfloat16 ? "yes" : "no",
  };
  await answerRequests({ step, generation, matmul, trace: traceTask, index: indexTask }, about);
  return 0;
}

/** A training step on random characters: forward, backward, clip, Adam, and the loss as a number. */
async function step({ time, batch, ...size }: StepSize & Way): Promise<Task> {
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

/** Writes `length` characters from scratch. */
async function generation({ length, ...size }: NetworkSize & Way & { length: number }): Promise<Task> {
  const model = await createModel(size);
  return {
    facts: { weights: model.size, characters: length },
    run: async () => (await write(model, { length, temperature: 0.8 })).length,
    close: () => model.dispose(),
  };
}

async function createModel(options: NetworkSize & Way): Promise<Model> {
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
