/** Samples that are shown together: below one another, with one list of sources. */
import type { Text } from "../../text/text";
import type { Trace } from "../../trace/trace";
import { numbered } from "./numbered";
import { cutPieces, type Piece } from "./pieces";

/** One of several samples that are shown below one another. */
export interface LabelledTrace {
  /** What tells it from the others: "temperature 0.6", "iteration 2,000". */
  readonly label: string;
  readonly trace: Trace;
}

/** A sample cut once, for everything that draws it. */
export interface CutTrace extends LabelledTrace {
  readonly pieces: readonly Piece[];
}

/** As `labelledTraces`, each cut where its passages begin and end. */
export function cutTraces(traces: Trace | readonly LabelledTrace[]): readonly CutTrace[] {
  return labelledTraces(traces).map(({ label, trace }) => {
    return { label, trace, pieces: cutPieces(trace.sample, trace.passages) };
  });
}

/** Samples by their labels, "" for a single one, their texts by their numbers in the library. */
export function labelledTraces(traces: Trace | readonly LabelledTrace[]): readonly LabelledTrace[] {
  if (!("length" in traces)) return [{ label: "", trace: numbered(traces) }];
  if (traces.length === 0) throw new Error("Expected a trace, or at least one with its label, got none");
  traces.forEach(({ label, trace }) => {
    if (!sameTexts(trace.texts, traces[0].trace.texts)) {
      throw new Error(
        `Expected all samples to be traced in the same texts, but "${label}" and "${traces[0].label}" are not`,
      );
    }
  });
  return traces.map(({ label, trace }) => ({ label, trace: numbered(trace) }));
}

function sameTexts(texts: readonly Text[], others: readonly Text[]): boolean {
  return texts.length === others.length && texts.every((text, index) => text === others[index]);
}
