/** How well the network foresees text that it has not been trained on. */
import type { State } from "../network/lstm/stack";
import { disposeState, type Model } from "../network/model";
import { tf } from "../network/tensorflow";
import type { Part } from "../text/text";
import { threads } from "../text/threads";
import { startState, validationStep } from "./step";

/** Characters that are read at most: enough that the mean is steady, few enough that training hardly waits. */
const mostCharacters = 65_536;

export interface Validation {
  /** Mean in nats a character. */
  readonly crossEntropy: number;
  /** Share of characters that were foreseen. */
  readonly accuracy: number;
  /** Characters that were read. */
  readonly characters: number;
}

/** Whether any of the parts is long enough to be read. */
export function canValidate({ vocabulary, params }: Model, parts: readonly Part[]): boolean {
  return parts.some(({ content }) => vocabulary.encode(content).length > params.steps);
}

/**
 * Reads the parts in order, the state carried along, the same characters each time.
 *
 * @throws where none of the parts is longer than a window: see `canValidate`
 */
export async function validate(
  model: Model,
  parts: readonly Part[],
  limit = mostCharacters,
): Promise<Validation> {
  const characters = parts.reduce((sum, part) => sum + part.content.length, 0);
  const { steps } = model.params;
  const batchSize = Math.max(1, Math.min(32, Math.floor(characters / (8 * (steps + 1)))));
  const batches = threads(parts, model.vocabulary, { steps, batchSize, seed: 0 });
  const count = Math.max(1, Math.min(Math.floor(batches.perEpoch), Math.ceil(limit / (steps * batchSize))));
  let carried: State | undefined;
  let crossEntropy = 0;
  let accuracy = 0;
  for (let index = 0; index < count; index++) {
    const batch = batches.at(index);
    const state = startState(model, batch, carried);
    const result = validationStep(model, batch, state);
    disposeState(state);
    carried = result.state;
    crossEntropy += (await result.crossEntropy.data())[0] / count;
    accuracy += (await result.accuracy.data())[0] / count;
    tf.dispose([result.crossEntropy, result.accuracy]);
  }
  if (carried) disposeState(carried);
  return { crossEntropy, accuracy, characters: count * steps * batchSize };
}
