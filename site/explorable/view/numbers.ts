/** Numbers in words. */

/** With a space that breaks no line: percent(0.314) is "31 %". */
export function percent(share: number): string {
  return `${Math.round(100 * share)}\u00a0%`;
}

/**
 * A probability: small ones are not nothing.
 *
 * @example chance(0.0004) // "under 1 %"
 */
export function chance(probability: number): string {
  if (probability < 0.01) return "under 1\u00a0%";
  return probability > 0.99 && probability < 1 ? "over 99\u00a0%" : percent(probability);
}

/**
 * How surprising something is that had a probability.
 *
 * @example bits(0.25) // 2
 */
export function bits(probability: number): number {
  return -Math.log2(probability);
}
