/** Optuna's environment for the tests of a search. */
import { searchPython } from "../../../lib/train/search/environment";
import { skipWithout } from "../../missing";

/** Makes it where it is missing; the tests of the suite are skipped where that cannot be done. */
export function needsOptuna(): void {
  before(async function () {
    this.timeout(600_000);
    try {
      await searchPython();
    } catch (error) {
      skipWithout("optuna", error instanceof Error ? error.message : String(error), this);
    }
  });
}
