/** How well the network predicts text that it has not been trained on. */
import type { Model } from "../../network/model";
import { disposeState, type State } from "../../network/state";
import { tf } from "../../network/tensorflow";
import { canEncode, tokensIn } from "../../text/batches/encoded";
import type { Part } from "../../text/text";
import type { Batch } from "../../text/batches/batch";
import { threads } from "../../text/batches/threads";
import { carryOn, validationStep } from "../steps/step";

/** Tokens that are read at most: enough that the mean is steady, few enough that training hardly waits. */
const mostTokens = 65_536;

export interface Validation {
  /** Mean in nats a token; not finite where the network's weights are not. */
  readonly crossEntropy: number;
  /**
   * The same in nats a character, so that words compare with characters; but a word that is unknown costs only that it is
   * unknown, not how it is spelled.
   */
  readonly perCharacter: number;
  /** Share of tokens predicted correctly. */
  readonly accuracy: number;
  /** Tokens that were read. */
  readonly tokens: number;
}

/** Whether any of the parts, or the short texts together, are long enough to be read. */
export function canValidate({ vocabulary, params }: Model, parts: readonly Part[]): boolean {
  return canEncode(parts, vocabulary, params.steps);
}

/**
 * Reads the parts in order, the state carried along, the same tokens each time, and the labels of each where it begins.
 *
 * @throws where none of the parts is longer than a window: see `canValidate`
 */
export async function validate(
  model: Model,
  parts: readonly Part[],
  limit = mostTokens,
): Promise<Validation> {
  return validator(model, parts, limit)();
}

/** The same for whoever measures again and again: batches are made once. */
export function validator(
  model: Model,
  parts: readonly Part[],
  limit = mostTokens,
): () => Promise<Validation> {
  const tokens = parts.reduce((sum, part) => sum + tokensIn(part, model.vocabulary), 0);
  const characters = parts.reduce((sum, part) => sum + (part.stored ?? part.content).length, 0);
  const { steps, bidirectional } = model.params;
  const most = bidirectional ? limit / steps : limit; // A window is read for each of them.
  const batchSize = Math.max(1, Math.min(32, Math.floor(tokens / (8 * (steps + 1)))));
  const cut = threads(parts, model.vocabulary, { steps, batchSize, seed: 0, labels: model.labels });
  const count = Math.max(1, Math.min(Math.floor(cut.perEpoch), Math.ceil(most / (steps * batchSize))));
  const batches = Array.from({ length: count }, (_, index) => cut.at(index));
  return async () => {
    const { crossEntropy, accuracy } = await meansOf(model, batches);
    const perCharacter = (crossEntropy * tokens) / characters;
    return { crossEntropy, perCharacter, accuracy, tokens: count * steps * batchSize };
  };
}

/** Means over some batches that are read one after the other. */
async function meansOf(model: Model, batches: readonly Batch[]) {
  let carried: State | undefined;
  let crossEntropy = 0;
  let accuracy = 0;
  try {
    for (const batch of batches) {
      const result = carryOn(model, batch, carried, (state) => validationStep(model, batch, state));
      carried = result.state;
      crossEntropy += (await result.crossEntropy.data())[0] / batches.length;
      accuracy += (await result.accuracy.data())[0] / batches.length;
      tf.dispose([result.crossEntropy, result.accuracy]);
    }
  } finally {
    if (carried) disposeState(carried);
  }
  return { crossEntropy, accuracy };
}
