/** The loss where a network remembers nothing from before a window, as transformers are measured. */
import { disposeState } from "../../lib/network/state";
import type { Model } from "../../lib/network/model";
import { tf } from "../../lib/network/tensorflow";
import { validationStep } from "../../lib/train/steps/step";

/** Windows that are read side by side. */
const most = 64;

/**
 * The mean cross-entropy over all whole windows of a text, one after the other: each begins with an empty state.
 *
 * @param window characters that are predicted
 * @throws where the text is not longer than a window
 */
export async function windowLoss(model: Model, text: string, window: number): Promise<number> {
  const ids = model.vocabulary.encode(text);
  const count = Math.floor((ids.length - 1) / window);
  if (count < 1) throw new Error(`Expected a text of at least ${window + 1} tokens, got ${ids.length}`);
  let sum = 0;
  for (let first = 0; first < count; first += most) {
    const batch = Math.min(most, count - first);
    const at = (shift: number) =>
      Int32Array.from({ length: window * batch }, (_, index) => {
        const [time, row] = [Math.floor(index / batch), index % batch];
        return ids[(first + row) * window + time + shift];
      });
    const state = model.zeroState(batch);
    const read = validationStep(model, { inputs: at(0), targets: at(1), time: window, batch }, state);
    sum += (await read.crossEntropy.data())[0] * batch;
    [state, read.state].forEach(disposeState);
    tf.dispose([read.crossEntropy, read.accuracy]);
  }
  return sum / count;
}
