/**
 * Batches of threads: contiguous pieces of the library, read side by side, each row going on where it left off, so that
 * the network keeps its state from batch to batch (truncated back-propagation through time; Graves 2013).
 */
import type { Batches } from "./batch";
import { type BatchOptions, type EncodedPart, encodeParts, stretchAt } from "./encoded";
import { rankOf } from "../../base/lines";
import { random } from "../../base/random";
import { batchesOf, type Row } from "./rows";
import type { Part } from "../text";
import type { Vocabulary } from "../tokens/vocabulary";

/**
 * Windows of `steps` tokens are laid end to end in each text, in all short texts together, and all windows, in the
 * order of the library, are cut into `batchSize` equal runs; each row reads one run. `resets` marks a row whose window
 * begins a text or a run, or short texts with other labels.
 *
 * Each epoch lays the windows anew: they begin a few characters later or earlier, and the first run begins at another
 * window, so that over many epochs every character is read with every length of memory. What fills no window at
 * the ends of a text, and at most `batchSize` - 1 windows, wait for another epoch.
 *
 * Weights have no say here: an epoch reads each text once.
 *
 * @returns with `leftOut`, the parts too short for a window
 * @throws where no part is long enough, and where there are fewer windows than rows
 */
export function threads(
  parts: readonly Part[],
  vocabulary: Vocabulary,
  options: BatchOptions,
): Batches & { readonly leftOut: readonly Part[] } {
  const { steps, batchSize, seed } = options;
  const { encoded, leftOut } = encodeParts(parts, vocabulary, options);
  const counts = encoded.map(({ ids }) => windowsIn(ids.length, steps));
  let total = 0;
  const begins = counts.map((count) => (total += count) - count);
  const run = Math.floor(total / batchSize);
  if (run === 0) {
    throw new Error(
      `Expected at least ${batchSize} windows (\`batchSize\`) of ${steps} characters (\`steps\`), got ${total}. ` +
        "Lower one of them, or add texts.",
    );
  }
  const laidIn = (epoch: number) => {
    const draw = random(seed, epoch);
    const firstWindow = Math.floor(draw() * total);
    const phases = encoded.map(({ ids }, index) => Math.floor(draw() * (ids.length - counts[index] * steps)));
    return { epoch, firstWindow, phases };
  };
  let laid = laidIn(0);
  const rowsOf = (iteration: number): Row[] => {
    const epoch = Math.floor(iteration / run);
    const position = iteration % run;
    if (laid.epoch !== epoch) laid = laidIn(epoch);
    return Array.from({ length: batchSize }, (_, row) => {
      const window = (laid.firstWindow + row * run + position) % total;
      const index = rankOf(begins, window) - 1;
      const windowOfText = window - begins[index];
      const part = encoded[index];
      const start = laid.phases[index] + windowOfText * steps;
      const begun = windowOfText === 0 || position === 0;
      return { part, start, reset: begun || changed(part, start, steps) };
    });
  };
  return { leftOut, perEpoch: run, stateful: true, ...batchesOf(rowsOf, encoded, options) };
}

/** Whether a window has other labels than the one before it. */
function changed(part: EncodedPart, start: number, steps: number): boolean {
  return stretchAt(part, start) !== stretchAt(part, start - steps);
}

/**
 * How many windows are laid in `length` characters, at least one: few enough for the first to begin at any of its
 * first `steps` characters, and so for every character to be read in some epoch.
 */
function windowsIn(length: number, steps: number): number {
  return Math.max(1, Math.floor(length / steps) - 1);
}
