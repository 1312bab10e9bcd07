/** What was found in a sample, in a few words, for pages and terminals. */
import { measure } from "../../trace/measure";
import type { Trace } from "../../trace/trace";
import { count, share } from "../style/numbers";

/**
 * The parts of a line.
 *
 * @example headline(trace) // ["72.9% copied", "longest 73 characters", "6 passages"]
 */
export function headline(trace: Trace): string[] {
  const { copied, longest, passages } = measure(trace);
  if (passages === 0) return [`nothing of ${count(trace.minLength)} characters or more is copied`];
  return [`${share(copied)} copied`, `longest ${count(longest)} characters`, passageCount(passages)];
}

/** @example passageCount(1) // "1 passage" */
export function passageCount(passages: number): string {
  return passages === 1 ? "1 passage" : `${count(passages)} passages`;
}
