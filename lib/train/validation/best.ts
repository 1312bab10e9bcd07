/**
 * Which weights of a training are the best: those that measured best in validation, as its history tells, so that a training
 * that is resumed counts on where it was.
 */
import type { HistoryEntry, NoticeEvent, ValidationEvent } from "../events";

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

/** How many validations there were since the best one. */
export function validationsSinceBest(history: readonly HistoryEntry[]): number {
  const best = bestValidation(history);
  return best ? validationsOf(history).filter(({ iteration }) => iteration > best.iteration).length : 0;
}

/**
 * What is to be told where validation has turned: the loss rose twice in a row since the best one, and nobody was told yet.
 *
 * @returns undefined where it has not
 */
export function turnOf(history: readonly HistoryEntry[]): NoticeEvent | undefined {
  const best = bestValidation(history);
  const since = validationsOf(history).filter(({ iteration }) => best && iteration > best.iteration);
  const [before, newest] = since.slice(-2);
  if (!best || !newest || newest.crossEntropy <= before.crossEntropy) return undefined;
  const told = history.some(
    (entry) => entry.type === "notice" && entry.about === "overfitting" && entry.iteration > best.iteration,
  );
  if (told) return undefined;
  return {
    type: "notice",
    iteration: newest.iteration,
    about: "overfitting",
    text:
      `Validation has been rising since iteration ${best.iteration.toLocaleString("en")}: ` +
      "the network begins to learn its texts by heart.",
  };
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
