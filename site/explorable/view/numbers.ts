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
 * @example nats(0.25) // 1.386…
 */
export function nats(probability: number): number {
  return -Math.log(probability);
}

/** The same in words: surprise(0.95) is "no surprise". */
export function surprise(probability: number): string {
  if (probability >= 0.9) return "no surprise";
  if (probability >= 0.5) return "hardly a surprise";
  if (probability >= 0.1) return "a small surprise";
  return probability >= 0.02 ? "a surprise" : "a great surprise";
}

/**
 * Between how many letters a network wavers, as if all were as likely: its perplexity.
 *
 * @param loss nats a letter
 * @example choices(Math.log(4)) // 4
 */
export function choices(loss: number): number {
  return Math.exp(loss);
}

/**
 * How daring a temperature is.
 *
 * @example daring(0.5) // "careful"
 */
export function daring(temperature: number): string {
  if (temperature === 0) return "strict";
  if (temperature < 0.8) return "careful";
  return temperature <= 1.1 ? "as it expects" : "daring";
}

/**
 * Round numbers from 0 to the most, about as many as are asked for.
 *
 * @example ticks(100, 4) // [0, 50, 100]
 */
export function ticks(most: number, count: number): number[] {
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough)!;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) =>
    Number((index * step).toPrecision(6)),
  );
}
