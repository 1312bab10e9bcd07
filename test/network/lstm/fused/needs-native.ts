/** For tests of operations that have to be compiled. */
import { operationsProblem } from "../../../../lib/network/lstm/fused/operations";
import { tf } from "../../../../lib/network/tensorflow";
import { skipWithout } from "../../../missing";

/** A `before` hook: skips the suite where nothing is compiled, and says why. */
export function needsNative(this: Mocha.Context): void {
  const problem = operationsProblem();
  if (problem) skipWithout("compiled operations", problem, this);
}

/** What such a suite begins with: it is skipped where nothing is compiled, and the tensors of each test go with it. */
export function scopedNative(): void {
  before(needsNative);
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());
}
