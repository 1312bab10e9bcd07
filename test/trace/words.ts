/** The passages of a sample as words, the quickest to read. */
import { trace, type TraceOptions } from "../../lib/trace/trace";
import type { Text } from "../../lib/text/text";

export function words(sample: string, texts: Text[], options?: TraceOptions): string[] {
  return trace(sample, texts, options).passages.map(({ start, end }) => sample.slice(start, end));
}
