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
import type { AttentiveSize, NetworkSize, StepSize, WordsSize } from "./network-size";
import { frequentFirst } from "./words-drawn";

/** Which implementation computes, and how exactly it multiplies. */
export interface Way {
  /** The fastest that runs, where it is left out. */
  readonly implementation?: string;
  readonly precision: string;
}

/** A training step on random characters: forward, backward, clip, Adam, and the loss as a number. */
export async function step({ time, batch, ...size }: StepSize & Way): Promise<Task> {
  return stepOn(await createModel(size), { time, batch, drawn: evenly(size.vocabulary) });
}

/** The same of a network as textgenrnn's, on windows, whose state nobody carries on. */
export async function attention({ time, batch, ...size }: StepSize & AttentiveSize & Way): Promise<Task> {
  const { vocabulary, embedding, skipEmbedding, attention } = size;
  const others = { embedding, skipEmbedding, attention, steps: time, batches: "windows" as const };
  const model = await modelOf(size, Vocabulary.of(characters(vocabulary)), others);
  return stepOn(model, { time, batch, drawn: evenly(vocabulary) });
}

/** The same on words, the frequent ones more often. */
export async function words({ time, batch, ...size }: StepSize & WordsSize & Way): Promise<Task> {
  const draw = random(2);
  const drawn = () => frequentFirst(draw(), size.vocabulary);
  return stepOn(await createWordsModel(size), { time, batch, drawn });
}

function stepOn(
  model: Model,
  { time, batch, drawn }: { readonly time: number; readonly batch: number; readonly drawn: () => number },
): Task {
  const optimizer = new Adam(model.weights.learned, model.implementation.adam);
  const ids = () => Int32Array.from({ length: time * batch }, drawn);
  const tokens = { inputs: ids(), targets: ids(), time, batch };
  let iteration = 0;
  return {
    facts: { weights: model.size },
    run() {
      const before = model.zeroState(batch);
      const { crossEntropy, accuracy, gradientNorm, state } = trainingStep(model, optimizer, tokens, before, {
        learningRate: 1e-3,
        clipNorm: 0.2,
        weightDecay: 0,
        iteration: iteration++,
      });
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

/** Draws every number below `count` as often as any other. */
function evenly(count: number): () => number {
  const draw = random(2);
  return () => Math.floor(draw() * count);
}

export async function createModel(options: NetworkSize & Way): Promise<Model> {
  return modelOf(options, Vocabulary.of(characters(options.vocabulary)));
}

/** So many that the unknown one makes `count`. */
function characters(count: number): string[] {
  return Array.from({ length: count - 1 }, (_, index) => String.fromCodePoint(33 + index));
}

async function createWordsModel(options: WordsSize & Way): Promise<Model> {
  const { vocabulary, embedding, cutoffs } = options;
  const known = Array.from({ length: vocabulary - 1 }, (_, index) => ` word${index}`);
  const softmax = cutoffs.length > 0 ? "adaptive" : "full";
  return modelOf(options, Vocabulary.fromJSON({ words: known }), {
    level: "words",
    embedding,
    softmax,
    cutoffs,
  });
}

async function modelOf(
  { layers, neurons, implementation, precision }: NetworkSize & Way,
  vocabulary: Vocabulary,
  others: Partial<NetworkParams> = {},
): Promise<Model> {
  const params = {
    layers,
    neurons,
    ...others,
    ...(precision === "fp32" ? {} : { precision }),
  } as Partial<NetworkParams>;
  return Model.create(params, vocabulary, { implementation: chooseImplementation(implementation) });
}
