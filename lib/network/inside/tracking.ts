/** Which neurons of a network track what a reader knows of a text: found on one part of it, checked on another. */
import { OptionError } from "../../base/option-error";
import type { Feature } from "../../text/features";
import type { Activations, Unit } from "./activations";
import { correlations } from "./correlations";

export interface TrackingOptions {
  /** How many neurons, the best ones (default: 5). */
  readonly limit?: number;
  /** The share of the text, from its beginning, on which they are found (default: 0.5). The rest is held out. */
  readonly share?: number;
}

export interface Tracking extends Unit {
  /** Pearson's correlation with the feature on the part on which the neuron was found, from -1 to 1. */
  readonly found: number;
  /** The same on the rest of the text, which had no say in the choice: what the neuron is worth. */
  readonly heldOut: number;
}

/**
 * The neurons whose activation goes up or down with a feature, the strongest correlation first. Of hundreds of neurons
 * one will always fit by chance, and a network that has learned nothing has some that fit too, since all that it
 * remembers comes of the text: compare with one of fresh weights.
 *
 * @param read a thousand characters at least, better tens of thousands
 * @returns fewer than `limit` where the feature, or the network, says the same everywhere
 * @throws where `share` leaves no two tokens on either side
 * @example trackingUnits(activations(model, text), positionInLine, { limit: 1 })
 *   // [{ layer: 0, neuron: 93, found: 0.81, heldOut: 0.79 }]
 */
export function trackingUnits(
  read: Activations,
  feature: Feature,
  { limit = 5, share = 0.5 }: TrackingOptions = {},
): Tracking[] {
  const { tokens, neurons, layers } = read;
  const cut = Math.floor(tokens.length * share);
  if (!(cut >= 2 && cut <= tokens.length - 2)) {
    throw new OptionError("share", `to leave two tokens on both sides of ${tokens.length}`, share);
  }
  const values = perToken(tokens, feature);
  const ranked = layers.flatMap((_, layer) =>
    correlations(read, layer, values, [0, cut]).flatMap((found, neuron) =>
      Number.isNaN(found) ? [] : [{ layer, neuron, found }],
    ),
  );
  ranked.sort((one, other) => Math.abs(other.found) - Math.abs(one.found));
  const best = ranked.slice(0, limit);
  const again = new Map(
    [...new Set(best.map(({ layer }) => layer))].map((layer) => [
      layer,
      correlations(read, layer, values, [cut, tokens.length]),
    ]),
  );
  return best.map((unit) => ({ ...unit, heldOut: again.get(unit.layer)![unit.neuron % neurons] }));
}

/** What a feature says at the last character of each token. */
export function perToken(tokens: readonly string[], feature: Feature): Float32Array {
  const values = feature(tokens.join(""));
  let end = 0;
  return Float32Array.from(tokens, ({ length }) => values[(end += length) - 1]);
}
