/** Events as a training tells them, with numbers that are easily recognised. */
import type { Part } from "../../lib/text/text";
import type { SampleEvent, StepEvent, TrainingEvent, ValidationEvent } from "../../lib/train/events";

export function stepAt(iteration: number, crossEntropy: number): StepEvent {
  return {
    type: "step",
    iteration,
    iterations: 20,
    epoch: iteration / 10,
    crossEntropy,
    accuracy: 0.5,
    learningRate: 1e-3,
    gradientNorm: 1,
    tokensPerSecond: 1000,
    seconds: iteration,
    secondsLeft: 20 - iteration,
  };
}

export function validationAt(iteration: number, crossEntropy: number): ValidationEvent {
  return { type: "validation", iteration, crossEntropy, accuracy: 0.4 };
}

export function sampleAt(iteration: number, temperature: number, text: string): SampleEvent {
  return { type: "sample", iteration, temperature, prompt: "\n", text };
}

/** The book that the samples of `wholeTraining` copy from. */
export const book: Part = {
  title: "Emma",
  author: "Jane Austen",
  source: "string",
  content: "Emma Woodhouse, handsome, clever, and rich, with a comfortable home and happy disposition",
  weight: 1,
  start: 0,
  firstLine: 1,
};

/** A training from its begin to its end: two validations, two samples at each of two temperatures, a checkpoint. */
export const wholeTraining: readonly TrainingEvent[] = [
  stepAt(10, 3.2),
  validationAt(10, 3.4),
  sampleAt(10, 0.9, "Xq <b>zw</b> e"),
  sampleAt(10, 0.5, "the the the"),
  stepAt(20, 1.4567),
  validationAt(20, 1.5),
  sampleAt(20, 0.9, "She was <clever> & rich"),
  sampleAt(20, 0.5, "Miss Emma Woodhouse, handsome, clever, and poor"),
  { type: "checkpoint", iteration: 20, folder: "data/runs/emma/20", best: true },
  { type: "end", iteration: 20, reason: "finished", seconds: 61 },
];

export async function* tell(events: readonly TrainingEvent[]): AsyncGenerator<TrainingEvent, void, void> {
  for (const event of events) yield event;
}
