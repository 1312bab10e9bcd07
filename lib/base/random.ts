/** Seeded randomness: everything that is drawn in this project is drawn from a `Random` that comes as an argument. */
import { mersenne, unsafeUniformIntDistribution } from "pure-rand";

/** Uniform in [0, 1), with 32 random bits. */
export type Random = () => number;

/**
 * A generator for a seed, and for any further numbers that tell one use from another, so that a draw depends on
 * its place and not on what was drawn before.
 *
 * @example random(42, iteration)() // the first number of that iteration, always the same
 */
export function random(seed: number, ...stream: number[]): Random {
  const generator = mersenne([seed, ...stream].reduce((hash, value) => mix(hash ^ mix(value)), 0));
  return () => unsafeUniformIntDistribution(0, 0xffffffff, generator) / 0x100000000;
}

/** A list in an order that a seed draws, each with the same chance (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const draw = random(seed);
  const list = [...items];
  for (let last = list.length - 1; last > 0; last--) {
    const place = Math.floor(draw() * (last + 1));
    [list[place], list[last]] = [list[last], list[place]];
  }
  return list;
}

/** The finaliser of MurmurHash3 (Appleby, public domain): spreads each bit over all 32. */
function mix(value: number): number {
  let bits = (value | 0) + 0x9e3779b9;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
