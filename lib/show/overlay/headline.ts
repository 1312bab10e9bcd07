/** What was found in a sample, in a few words, for pages and terminals. */
import { measure } from "../../trace/measure";
import type { Trace } from "../../trace/trace";
import { surpriseInWords } from "./surprise";
import { count, share } from "../style/numbers";

/**
 * The parts of a line; beside the copied share that of held-out text, where it is known, and from which length on is counted,
 * where that is not the usual one.
 *
 * @example headline(trace) // ["72.9% copied", "of held-out text 0.6%", "longest 73 characters", "6 passages"]
 */
export function headline(trace: Trace): string[] {
  const { copied, zero, longest, passages } = measure(trace);
  const counted = trace.raised
    ? [`counted from ${count(trace.minLength)} characters on: shorter phrases are common`]
    : [];
  const beside = [...(zero === undefined ? [] : [`of held-out text ${share(zero)}`]), ...counted];
  const surprise = surpriseInWords(trace);
  if (passages === 0)
    return [`nothing of ${count(trace.minLength)} characters or more is copied`, ...beside, ...surprise];
  return [
    `${share(copied)} copied`,
    ...beside,
    `longest ${count(longest)} characters`,
    passageCount(passages),
    ...surprise,
  ];
}

/** @example passageCount(1) // "1 passage" */
export function passageCount(passages: number): string {
  return passages === 1 ? "1 passage" : `${count(passages)} passages`;
}
