/** Reading windows both ways: what comes after a window is scored from what both readers have at its ends. */
import { readWindows, sometimesShort, stateAfter } from "../layers/reading-windows";
import type { StepOptions } from "../lstm/stack";
import type { NetworkParams } from "../params";
import { disposeState, type State } from "../state";
import type { Tensor2D } from "../tensorflow";
import type { ForwardPass } from "./forward-pass";
import type { ReadingPath } from "./path";

export function readingBothWays(
  pass: ForwardPass,
  { attention, seed }: Pick<NetworkParams, "attention" | "seed">,
): ReadingPath {
  /** The scores of what follows a window, [batch, vocabulary], of its tokens, [steps, batch]. */
  const afterWindow = (ids: Tensor2D, state: State, options?: StepOptions): Tensor2D => {
    const { features, ends, layers } = pass.features({ ids }, state, options);
    disposeState({ layers });
    if (!attention) return pass.scores([ends!]);
    const { average, memory } = pass.attended(features, {});
    disposeState({ layers: [], memory });
    return pass.scores([ends!, average.slice([ids.shape[0] - 1, 0, 0])]);
  };
  return {
    read: (ids, state) => readWindows(ids, state, (window) => afterWindow(window, state)),
    predictions: (ids, targets, state, { iteration, options }) => ({
      logits: afterWindow(sometimesShort(ids, seed, iteration), state, options),
      targets: targets.slice([ids.shape[0] - 1, 0]).flatten(),
      state: stateAfter(ids, state),
    }),
  };
}
