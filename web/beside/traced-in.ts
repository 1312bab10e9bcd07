/** What a page traces in: the texts that its network has read, with what held-out text has of them. */
import type { Part, Text } from "../../lib/text/text";
import { trace, type Trace } from "../../lib/trace/trace";
import { Zero } from "../../lib/trace/zero";

/** As it is packed beside the page. */
export interface PackedLibrary {
  readonly parts: readonly Part[];
  /** Measured where the page is made, since a page has no held-out text; null where there is too little of it. */
  readonly heldOut: {
    readonly zero: ReturnType<Zero["toJSON"]>;
    /** The length from which on passages count, so that the zero is small. */
    readonly minLength: number;
    readonly raised: boolean;
  } | null;
}

const comparison = { collapseWhitespace: true } as const;

/** @param training what a library trains on */
export function heldOutBeside(training: readonly Part[]): PackedLibrary["heldOut"] {
  const { zero, raised = false, minLength } = trace("", training, comparison);
  return zero ? { zero: zero.toJSON(), minLength, raised } : null;
}

/** @param more texts that are traced in as well */
export function traceIn(
  { parts, heldOut }: PackedLibrary,
  sample: string,
  more: readonly Text[] = [],
): Trace {
  const all = [...parts, ...more];
  if (!heldOut) return trace(sample, all, comparison);
  const { zero, raised, minLength } = heldOut;
  return { ...trace(sample, all, { ...comparison, minLength }), zero: Zero.from(zero), raised };
}
