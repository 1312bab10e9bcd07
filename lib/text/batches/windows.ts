/** Batches of windows that begin anywhere: the network reads each without memory of what came before. */
import type { Batches } from "./batch";
import { type BatchOptions, encodeParts } from "./encoded";
import { rankOf } from "../../base/lines";
import { random } from "../../base/random";
import { batchesOf, type Row } from "./rows";
import type { Part } from "../text";
import type { Vocabulary } from "../tokens/vocabulary";

/**
 * Random windows of `steps` tokens, none across two texts, but for short ones, which have a mark between them. Within a
 * text each begins anywhere with the same chance, or at a multiple of `stride`, and each place of a text of weight 2 is
 * drawn twice as often as one of a text of weight 1.
 *
 * @returns with `leftOut`, the parts too short for a window
 * @throws where no part is long enough
 */
export function windows(
  parts: readonly Part[],
  vocabulary: Vocabulary,
  options: BatchOptions,
): Batches & { readonly leftOut: readonly Part[] } {
  const { steps, batchSize, seed, stride = 1 } = options;
  const { encoded, leftOut } = encodeParts(parts, vocabulary, options);
  // Each part takes the length `weight` × its places, laid end to end; a draw is a point on that line.
  const begins: number[] = [];
  let line = 0;
  for (const { weight, ids } of encoded) {
    begins.push(line);
    line += weight * (ids.length - steps);
  }
  const tokens = encoded.reduce((sum, { ids }) => sum + ids.length, 0);
  const rowsOf = (iteration: number): Row[] => {
    const draw = random(seed, iteration);
    return Array.from({ length: batchSize }, () => {
      const point = draw() * line;
      const index = rankOf(begins, point) - 1;
      const { weight, ids } = encoded[index];
      const place = Math.min(Math.floor((point - begins[index]) / weight), ids.length - steps - 1);
      return { part: encoded[index], start: place - (place % stride) };
    });
  };
  return {
    leftOut,
    perEpoch: tokens / (steps * batchSize),
    stateful: false,
    ...batchesOf(rowsOf, encoded, options),
  };
}
