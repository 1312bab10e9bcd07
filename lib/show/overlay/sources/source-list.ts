/** The texts that samples were copied from, and how much of the samples each of them has given. */
import type { Text } from "../../../text/text";
import { measure } from "../../../trace/measure";
import type { Trace } from "../../../trace/trace";
import { share } from "../../style/numbers";
import { memorisedBySource } from "./memorised-by-source";

export interface SourceRow {
  /** The text's number in the library. */
  readonly index: number;
  readonly text: Text;
  /** The share of all samples together, from 0 to 1. */
  readonly copied: number;
  /** The share of held-out text that stands in this text; absent where samples have no zero of texts, or not one alone. */
  readonly zero?: number;
  readonly longest: number;
  readonly passages: number;
  /** How much harder its passages are without it, in nats a character; absent where no counterfactual says so. */
  readonly memorised?: number;
}

/** Sources of one or several samples that were traced in the same texts, the one that has given most first. */
export function sourceRows(traces: readonly Trace[]): SourceRow[] {
  const measures = traces.map((trace) => measure(trace));
  const characters = measures.reduce((sum, one) => sum + one.characters, 0);
  const hasOneZero = zeroRow(traces) !== undefined;
  const rows = new Map<number, SourceRow>();
  for (const { characters: ofSample, sources } of measures) {
    for (const { text: index, copied, zero, longest, passages } of sources) {
      const row = rows.get(index) ?? { copied: 0, longest: 0, passages: 0 };
      rows.set(index, {
        index,
        text: traces[0].texts[index],
        copied: row.copied + (copied * ofSample) / characters,
        ...(hasOneZero && zero !== undefined ? { zero } : {}),
        longest: Math.max(row.longest, longest),
        passages: row.passages + passages,
      });
    }
  }
  const memorised = memorisedBySource(traces);
  const all = [...rows.values()].map((row) => {
    const known = memorised.get(row.index);
    return known === undefined ? row : { ...row, memorised: known };
  });
  return all.sort((one, other) => other.copied - one.copied || one.index - other.index);
}

/**
 * What is copied of held-out text, to be seen beside the shares of sources; absent where samples have no zero, or not
 * one alone.
 */
export function zeroRow(
  traces: readonly Trace[],
): { readonly copied: number; readonly minLength: number } | undefined {
  const [first, ...rest] = traces.map((trace) => measure(trace));
  if (first?.zero === undefined || rest.some(({ zero }) => zero !== first.zero)) return undefined;
  return { copied: first.zero, minLength: first.minLength };
}

/** What a text has given, in words of one line, and beside it what held-out text has of that text. */
export function shareBesideZero({ copied, zero }: Pick<SourceRow, "copied" | "zero">): string {
  return share(copied) + (zero === undefined ? "" : ` (of held-out text ${share(zero)})`);
}
