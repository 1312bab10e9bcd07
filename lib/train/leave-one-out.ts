/**
 * Networks that are trained the same way, each without one of the texts: what they make of that text is what a network makes of
 * it that has not read it (counterfactual memorization, Zhang et al. 2023). What is compared is in `lib/trace/counterfactual.ts`.
 */
import { setImmediate } from "node:timers/promises";
import { OptionError } from "../base/option-error";
import type { OnProgress } from "../base/progress";
import type { Model } from "../network/model";
import { tf, type Scalar } from "../network/tensorflow";
import type { Library } from "../text/library";
import { withoutText } from "../text/without-text";
import { DivergedError, weightsAreFinite } from "./diverged";
import { interruptible } from "./interrupt";
import type { Params } from "./params";
import { Training } from "./training";

export interface LeaveOneOutOptions {
  /** What all networks are trained with (default: those of `by`, or what `Training.start` takes for the whole library). */
  readonly params?: Partial<Params>;
  /** The texts that are left out, by their numbers in `library.training` (default: each of them). */
  readonly texts?: readonly number[];
  /** A network that has read all of them, trained the same way; without it one is trained beside the others. */
  readonly by?: Model;
  readonly onProgress?: OnProgress;
}

/** What `counterfactual` takes. */
export interface LeaveOneOut {
  /** Has read all texts. */
  readonly by: Model;
  /** By the number of the text in `library.training` that it has not read; a number that was not asked for is not there. */
  readonly without: readonly (Model | undefined)[];
  /** Training steps of each; fewer than were asked for after an interrupt. */
  readonly iterations: number;
}

/** Steps between two looks at the losses, and at whether somebody has interrupted. */
const atOnce = 10;

/**
 * Trains a network on all texts and, side by side with it, one without each of them: the same parameters, the same seed, the same
 * first weights, the same number of steps. They take turns, a few steps each, so that an interrupt leaves networks that can be
 * compared. Nothing is validated on the way, and the last weights stand.
 *
 * @returns networks of which the caller disposes
 * @throws {DivergedError} where a loss is no longer finite
 * @throws where a parameter cannot be, and where fewer than two texts are learned from
 * @example const networks = await leaveOneOut(library, { params: { neurons: 128, iterations: 300 }, onProgress: progressBar() });
 * @example (await counterfactual(trace(sample, library.training), networks)).passages[0].difference // 1.2
 */
export async function leaveOneOut(
  library: Library,
  { texts = [...library.training.keys()], by, onProgress, ...given }: LeaveOneOutOptions = {},
): Promise<LeaveOneOut> {
  const params: Partial<Params> = { ...by?.params, ...given.params };
  check(library, texts, params);
  const trainings: Training[] = [];
  try {
    const whole = await Training.start(library, params);
    trainings.push(whole);
    for (const text of texts) trainings.push(await Training.start(withoutText(library, text), whole.params));
    const working = by ? trainings.slice(1) : trainings;
    const iterations = await trainInTurns(working, onProgress);
    const models = trainings.map((training) => training.releaseModel());
    if (by) models[0].dispose();
    const without: (Model | undefined)[] = Array.from(library.training, () => undefined);
    texts.forEach((text, index) => (without[text] = models[index + 1]));
    return { by: by ?? models[0], without, iterations };
  } catch (error) {
    for (const training of trainings) training.dispose();
    throw error;
  }
}

function check({ training }: Library, texts: readonly number[], { schedule }: Partial<Params>): void {
  if (training.length < 2)
    throw new Error("Expected a library that learns from at least two texts, to leave one of them out");
  const unknown = texts.find((text) => !training[text]);
  if (unknown !== undefined || texts.length === 0)
    throw new OptionError("texts", `to be numbers from 0 to ${training.length - 1}`, unknown ?? "none");
  if (schedule === "plateau")
    throw new OptionError("schedule", "other than plateau, as nothing is validated", schedule);
}

/** @returns how many steps each has made */
async function trainInTurns(trainings: readonly Training[], onProgress?: OnProgress): Promise<number> {
  const { iterations } = trainings[0].params;
  const total = iterations * trainings.length;
  let made = 0;
  await interruptible(async (interrupt) => {
    while (made < iterations && !interrupt.requested) {
      const steps = Math.min(atOnce, iterations - made);
      for (const [index, training] of trainings.entries()) {
        await someSteps(training, steps);
        const done = made * trainings.length + (index + 1) * steps;
        onProgress?.({ label: "Leave one out", done, total, unit: "iterations" });
        await setImmediate();
      }
      made += steps;
    }
  });
  for (const training of trainings)
    if (!(await weightsAreFinite(training)))
      throw await DivergedError.of(training, { what: "a weight is not finite" });
  return made;
}

async function someSteps(training: Training, steps: number): Promise<void> {
  let last: Scalar | undefined;
  for (let step = 0; step < steps; step++) {
    const { crossEntropy, ...others } = training.step();
    tf.dispose([...Object.values(others), ...(last ? [last] : [])]);
    last = crossEntropy;
  }
  const [loss] = await last!.data();
  last!.dispose();
  if (!Number.isFinite(loss)) throw await DivergedError.of(training, { what: `the loss is ${loss}` });
}
