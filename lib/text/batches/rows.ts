/** Batches out of rows. Where each row begins is decided in `windows.ts` and `threads.ts`. */
import type { Batch, Batches } from "./batch";
import { type BatchOptions, type EncodedPart, emptyBatch, fillRow } from "./encoded";
import { random } from "../../base/random";

/** A row of a batch: a window of a part, and whether the state begins anew there, where it is carried at all. */
export interface Row {
  readonly part: EncodedPart;
  readonly start: number;
  readonly reset?: boolean;
}

interface Ahead {
  readonly iteration: number;
  readonly rows: readonly Row[];
  /** The `steps` + 1 numbers of each row. */
  readonly ids: readonly ArrayLike<number>[];
}

/**
 * The batches whose rows `rowsOf` tells; one that was read ahead is used once.
 *
 * @param parts what the rows are of, by which is seen whether there is anything to read ahead
 */
export function batchesOf(
  rowsOf: (iteration: number) => Row[],
  parts: readonly EncodedPart[],
  options: BatchOptions,
): Pick<Batches, "at" | "readAhead"> {
  const { steps, seed } = options;
  let ahead: Ahead | undefined;
  const at = (iteration: number): Batch => {
    const known = ahead?.iteration === iteration ? ahead : undefined;
    const rows = known?.rows ?? rowsOf(iteration);
    const untold = options.sometimesUntold ? random(seed, iteration, 1) : undefined;
    const batch = emptyBatch(options);
    rows.forEach(({ part, start }, row) => {
      const ids = known?.ids[row] ?? part.ids.subarray(start, start + steps + 1);
      fillRow(part, start, ids, { row, batch, untold });
    });
    const isStateful = rows[0].reset !== undefined;
    return isStateful ? { ...batch, resets: Uint8Array.from(rows, ({ reset }) => (reset ? 1 : 0)) } : batch;
  };
  if (!parts.some(({ ids }) => ids.read)) return { at };
  return {
    at,
    async readAhead(iteration) {
      if (ahead?.iteration === iteration) return;
      const rows = rowsOf(iteration);
      const ids = await Promise.all(
        rows.map(async ({ part, start }) => {
          const end = start + steps + 1;
          return part.ids.read?.(start, end) ?? part.ids.subarray(start, end);
        }),
      );
      ahead = { iteration, rows, ids };
    },
  };
}
