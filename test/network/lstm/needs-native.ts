/** For tests of operations that have to be compiled. */
import { nativeProblem } from "../../../lib/network/lstm/native";
import { skipWithout } from "../../missing";

/** A `before` hook: skips the suite where nothing is compiled, and says why. */
export function needsNative(this: Mocha.Context): void {
  const problem = nativeProblem();
  if (problem) skipWithout("compiled operations", problem, this);
}
