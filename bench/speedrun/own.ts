/** The program that trains this project's networks for `npm run speedrun`; `peers/speedrun.py` does the same in PyTorch. */
import { ready } from "../../lib/network/tensorflow";
import { TextLibrary } from "../../lib/text/library";
import type { Params } from "../../lib/train/params";
import { train } from "../../lib/train/train";
import { Training } from "../../lib/train/training";
import { validate } from "../../lib/train/validation/validate";
import { answerRequests, type Facts, type Task } from "../answer";
import type { RunOptions, ValidationOptions } from "./race";
import { windowLoss } from "./windows";

const trainings = new Map<string, Training>();

export async function main(): Promise<number> {
  const { version } = await ready();
  const about: Facts = { node: process.versions.node, tensorflow: version };
  await answerRequests({ training, validation }, about);
  return 0;
}

/** Each run makes `slice` steps, or as many as are left, by the loop that everybody trains with. */
async function training({
  run,
  texts,
  settings,
  precision,
  ...rest
}: RunOptions & { readonly settings: Partial<Params> }): Promise<Task> {
  const library = await TextLibrary.open(
    [{ file: texts.training }, { file: texts.validation, heldOut: true }],
    {
      validation: 0,
    },
  );
  const { seed, iterations, slice } = rest;
  const begun = await Training.start(library, { ...settings, precision, seed, iterations });
  trainings.set(run, begun);
  const events = train(begun, { logEvery: slice, validateEvery: 0, sampleEvery: 0 });
  let loss = NaN;
  return {
    facts: { weights: begun.model.size, implementation: begun.model.implementation.name },
    run: async () => {
      for (let next = await events.next(); !next.done; next = await events.next()) {
        if (next.value.type !== "step") continue;
        loss = next.value.crossEntropy;
        if (begun.position.iteration < iterations) return loss;
      }
      return loss;
    },
    close: () => {
      void events.return();
      trainings.delete(run);
      begun.dispose();
    },
  };
}

/** The loss of a training on all that is held out: read in order, the state carried along, or in windows that begin anew. */
function validation({ run, window }: ValidationOptions): Task {
  const begun = trainings.get(run);
  if (!begun)
    throw new Error(`Expected one of the trainings ${[...trainings.keys()].join(", ")}, got "${run}"`);
  const { model, library } = begun;
  const held = library.validation;
  return {
    facts: {},
    run: async () =>
      window
        ? windowLoss(model, held[0].content, window)
        : (await validate(model, held, Infinity)).crossEntropy,
    close: () => undefined,
  };
}
