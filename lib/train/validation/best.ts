/**
 * Which weights of a training are the best: those that measured best in validation, as its history tells, so that a training
 * that is resumed counts on where it was.
 */
import type { HistoryEntry, ValidationEvent } from "../events";

export function validationsOf(history: readonly HistoryEntry[]): ValidationEvent[] {
  return history.flatMap((entry) => (entry.type === "validation" ? [entry] : []));
}

/** The validation with the lowest loss, the first of equal ones; undefined before there is one. */
export function bestValidation(history: readonly HistoryEntry[]): ValidationEvent | undefined {
  return validationsOf(history).reduce<ValidationEvent | undefined>(
    (best, next) => (best && best.crossEntropy <= next.crossEntropy ? best : next),
    undefined,
  );
}

/** What a training measured last of its weights as they are now; null where they were not validated. */
export function lossAt({
  iteration,
  history,
}: {
  readonly iteration: number;
  readonly history: readonly HistoryEntry[];
}): number | null {
  const validations = validationsOf(history).filter((one) => one.iteration === iteration);
  return validations.at(-1)?.crossEntropy ?? null;
}
