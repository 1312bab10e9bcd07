/** When validation says that it is enough: how long it may go on without a better one, and the sentence where it turns. */
import type { HistoryEntry, NoticeEvent, ValidationEvent } from "../events";
import { bestValidation, validationsOf } from "./best";

/** Whether so many validations in a row, or more, were no better than the best one before them. */
export function isOutOfPatience(history: readonly HistoryEntry[], patience: number): boolean {
  return patience > 0 && sinceBest(history).length >= patience;
}

/**
 * What is to be told where validation has turned: the loss rose twice in a row since the best one, and nobody was told yet.
 *
 * @returns undefined where it has not
 */
export function turnOf(history: readonly HistoryEntry[]): NoticeEvent | undefined {
  const best = bestValidation(history);
  const [before, newest] = sinceBest(history).slice(-2);
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

function sinceBest(history: readonly HistoryEntry[]): ValidationEvent[] {
  const best = bestValidation(history);
  return best ? validationsOf(history).filter(({ iteration }) => iteration > best.iteration) : [];
}
