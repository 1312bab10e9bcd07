/** Colours as `#rrggbb`: their channels, and two of them mixed. */

/** @example mix("#ff0000", "#ffffff", 0.5) // "#ff8080" */
export function mix(color: string, ground: string, share: number): string {
  const [one, other] = [channels(color), channels(ground)];
  const mixed = one.map((value, index) => Math.round(share * value + (1 - share) * other[index]));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** @example channels("#ff8000") // [255, 128, 0] */
export function channels(color: string): number[] {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
}
