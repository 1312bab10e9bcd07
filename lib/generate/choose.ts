/** One draw: which character comes next, given the network's scores and one random number. */

export interface Choice {
  /** Divides the scores: below 1 more cautious, above 1 wilder, 0 always the likeliest (default: 0.8). */
  readonly temperature: number;
  /** Only the `topK` likeliest characters can come (default: 0, which is all). */
  readonly topK: number;
  /**
   * Only the likeliest characters that together have this probability can come (Holtzman et al. 2020) (default: 1,
   * which is all).
   */
  readonly topP: number;
}

/**
 * Chooses among the characters 1, 2, …: id 0, the unknown character, is never written. `topK` is applied before `topP`,
 * whose share is of what `topK` left; among equals the lower id goes first.
 *
 * @param logits the scores of all characters: [vocabulary], at least two
 * @param drawn uniform in [0, 1); the kept characters divide this interval in the order of their ids
 * @throws where the scores are not numbers: see `requireScores`
 * @example choose(Float32Array.of(0, 1, 3), { temperature: 0, topK: 0, topP: 1 }, 0.5) // 2
 */
export function choose(logits: Float32Array, { temperature, topK, topP }: Choice, drawn: number): number {
  requireScores(logits);
  let best = 1;
  for (let id = 2; id < logits.length; id++) if (logits[id] > logits[best]) best = id;
  if (temperature === 0) return best;

  const weights = new Float64Array(logits.length);
  for (let id = 1; id < logits.length; id++) {
    const below = logits[id] - logits[best];
    weights[id] = below > -Infinity ? Math.exp(below / temperature) : 0;
  }
  if ((topK > 0 && topK < logits.length - 1) || topP < 1) keepTop(weights, topK || logits.length, topP);

  let left = drawn * sum(weights);
  let last = best;
  for (let id = 1; id < weights.length; id++) {
    if (weights[id] === 0) continue;
    last = id;
    left -= weights[id];
    if (left < 0) break;
  }
  return last;
}

/**
 * Makes sure that one can choose by scores: one that is -Infinity is never chosen, but not all can be so.
 *
 * @throws where one is NaN or Infinity, as of a network that has diverged, and where there is nothing to choose
 */
export function requireScores(logits: Float32Array): void {
  if (logits.length < 2) throw new Error("Expected a vocabulary with something to write, got an empty one");
  let possible = false;
  for (let id = 0; id < logits.length; id++) {
    if (!(logits[id] < Infinity)) throw new Error(noNumbers);
    possible ||= id > 0 && logits[id] > -Infinity;
  }
  if (!possible) throw new Error(noNumbers);
}

const noNumbers = "The network's scores are not numbers: it has diverged, and cannot write";

/** Zeroes the weights that `topK` and `topP` leave out. */
function keepTop(weights: Float64Array, topK: number, topP: number): void {
  const ranked = Array.from(weights.keys())
    .slice(1)
    .sort((a, b) => weights[b] - weights[a] || a - b);
  const candidates = ranked.slice(0, topK);
  const enough = topP * candidates.reduce((total, id) => total + weights[id], 0);
  let reached = 0;
  let kept = 0;
  while (kept < candidates.length && (kept === 0 || reached < enough)) reached += weights[candidates[kept++]];
  for (const id of ranked.slice(kept)) weights[id] = 0;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
