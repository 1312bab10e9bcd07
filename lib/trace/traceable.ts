/** What samples can be traced in: texts in memory, or an index of those on disk. */
import type { Part, Text } from "../text/text";
import { trace, type Trace, type TraceOptions } from "./trace";

export interface Traceable {
  trace(sample: string, options?: Pick<TraceOptions, "minLength" | "maxOccurrences">): Trace;
}

/** An index, texts, or a library, of which the training parts are meant. */
export type TracedIn = Traceable | readonly (Text | Part)[] | { readonly training: readonly Part[] };

/** @example traceable(library).trace(sample).passages */
export function traceable(given: TracedIn): Traceable {
  if ("trace" in given) return given;
  const texts = "training" in given ? given.training : given;
  return { trace: (sample, options) => trace(sample, texts, options) };
}
