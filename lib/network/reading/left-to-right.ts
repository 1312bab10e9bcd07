/** Reading from left to right: what comes after each token is scored from what was read up to it. */
import type { StepOptions } from "../lstm/stack";
import { keptConditioning, type State } from "../state";
import type { Tensor2D } from "../tensorflow";
import type { ForwardPass } from "./forward-pass";
import type { ReadingPath, Scored } from "./path";

export function leftToRight(pass: ForwardPass, { attention }: { readonly attention: boolean }): ReadingPath {
  const read = (ids: Tensor2D, state: State, options?: StepOptions): Scored => {
    const { features, layers } = pass.features({ ids }, state, options);
    const attended = attention ? pass.attended(features, state) : undefined;
    return {
      logits: pass.scores([features, ...(attended ? [attended.average] : [])]),
      state: { layers, memory: attended?.memory, ...keptConditioning(state) },
    };
  };
  return {
    read,
    predictions: (ids, targets, state, { options }) => {
      return { ...read(ids, state, options), targets: targets.flatten() };
    },
  };
}
