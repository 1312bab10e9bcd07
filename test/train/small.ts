/** A training that takes a second: what the tests of this folder train on. */
import { createHash } from "node:crypto";
import { tf, tidy } from "../../lib/network/tensorflow";
import { random } from "../../lib/base/random";
import { TextLibrary } from "../../lib/text/library";
import type { Params } from "../../lib/train/params";
import { Training } from "../../lib/train/training";
import type { TrainOptions } from "../../lib/train/options";
import { train } from "../../lib/train/train";
import type { TrainingEvent } from "../../lib/train/events";

/** Two small books of nonsense that follow rules: words that a small network can learn. */
export function smallLibrary(seed = 1): TextLibrary {
  const book = (title: string, words: string[], stream: number) => {
    const draw = random(seed, stream);
    const sentence = () =>
      Array.from({ length: 6 }, () => words[Math.floor(draw() * words.length)]).join(" ");
    const content = Array.from({ length: 60 }, () => `${sentence()}.\n`).join("");
    return { title, author: "Nobody", source: "string", content, weight: 1 };
  };
  return new TextLibrary(
    [
      book("Sea", ["wave", "salt", "the", "sail", "of"], 1),
      book("Hill", ["rock", "goat", "the", "high", "on"], 2),
    ],
    { validation: 0.1 },
  );
}

export const smallParams: Partial<Params> = {
  neurons: 12,
  layers: 2,
  steps: 8,
  batchSize: 4,
  iterations: 20,
  warmup: 2,
};

/** Trains and collects what happens. */
export async function eventsOf(training: Training, options: TrainOptions = {}): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  for await (const event of train(training, options)) events.push(event);
  return events;
}

/** Trains and tells the mean loss of every five steps. */
export async function lossesOf(training: Training): Promise<number[]> {
  const events = await eventsOf(training, { sampleEvery: 0, logEvery: 5 });
  return events.flatMap((event) => (event.type === "step" ? [event.crossEntropy] : []));
}

/** All weights, to compare bit by bit. */
export function weightsOf(training: Training): Record<string, number[]> {
  return tidy(() =>
    Object.fromEntries([...training.model.weights].map(([name, weight]) => [name, [...weight.dataSync()]])),
  );
}

/** Of all that a training has learned and remembers, bit for bit. */
export function digestOf(training: Training): string {
  const hash = createHash("sha256");
  const tensors = training.tensors();
  for (const name of Object.keys(tensors).sort()) hash.update(name).update(tensors[name].dataSync());
  tf.dispose(tensors);
  return hash.digest("hex");
}

/** Of a training that does not end before it is killed. */
export const endlessParams: Partial<Params> = { ...smallParams, neurons: 32, iterations: 1_000_000 };

/** How often a training that reads from disk is killed; with `--thorough` twenty times, which take a minute. */
export const streamedKills = Number(process.env.PALIMPSEST_STREAMED_KILLS ?? 3);

/** Of that training: as many steps as there is time for between the first kill and the last. */
export const streamedParams: Partial<Params> = {
  ...smallParams,
  iterations: 20 * streamedKills,
  batches: "threads",
};
