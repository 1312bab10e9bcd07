/** What is said of some times: their median, their smallest, and how those of two compare. */

/** The value in the middle, or the mean of the two there. Throws where there is none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error("Expected values for a median, got none");
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * How many times as long something takes as something else: the median over the rounds of the quotient within a round,
 * because what slows a machine down for a while slows down both.
 *
 * @param times in milliseconds, by round
 * @example ratio([[20, 22], [40, 42]], [[10, 11], [20, 21]]) // 2
 */
export function ratio(times: readonly (readonly number[])[], others: readonly (readonly number[])[]): number {
  if (times.length !== others.length)
    throw new Error(`Expected times of equally many rounds, got ${times.length} and ${others.length}`);
  return median(times.map((round, index) => median(round) / median(others[index])));
}
