/** What a network would most likely write next: whole words with their probabilities. */
import { checkWhole } from "../base/option-error";
import type { Writer } from "./writer";

export interface Continuation {
  readonly text: string;
  /** That exactly this comes, in (0, 1]. */
  readonly probability: number;
  /** Whether a short text ends after it. */
  readonly ends: boolean;
}

export interface ContinuationOptions {
  /** How many (default: 3). */
  readonly n?: number;
  /** Tokens of each at most (default: 12). With 1 each is a token, a letter where tokens are characters. */
  readonly ahead?: number;
}

/** A continuation that is not at its end, perhaps: what its writer has read, and a token after it. */
interface Candidate extends Continuation {
  /** Stands before the last token. */
  readonly writer: Writer;
  readonly lastId: number;
  readonly tokens: number;
}

/** Scores are computed this often at most; a network that is undecided would be asked for every beginning of a word. */
const mostLooks = 60;

/**
 * The likeliest continuations, the likeliest first: each goes up to the first white space after a word, or to a token that
 * is a word itself, or to the end of a short text, and none begins another. Found by best-first search, which ends with the
 * `n` likeliest of all; where that would take too long, with what is likeliest so far, words not yet at their end among it.
 *
 * @param writer stays where it is
 * @example continuations(writer, { n: 2 }) // after "It is a ": [{ text: "truth ", probability: 0.31, ends: false }, …]
 */
export function continuations(
  writer: Writer,
  { n = 3, ahead = 12 }: ContinuationOptions = {},
): Continuation[] {
  checkWhole({ n, ahead }, 1);
  const writers = [writer];
  const found: Candidate[] = [];
  let open = nextTokens(writer, { text: "", probability: 1, tokens: 0 }, n);
  try {
    while (found.length < n && open.length > 0) {
      const [best, ...rest] = open;
      open = rest;
      if (best.tokens === ahead || isWhole(best) || writers.length > mostLooks) found.push(best);
      else {
        const next = best.writer.copy();
        writers.push(next);
        next.take(best.lastId);
        open.push(...nextTokens(next, best, n));
        open.sort((one, other) => other.probability - one.probability);
      }
    }
  } finally {
    for (const one of writers.slice(1)) one.dispose();
  }
  return found.map(({ text, probability, ends }) => ({ text, probability, ends }));
}

function isWhole({ text, writer, lastId, ends }: Candidate): boolean {
  return ends || /\S\s$/.test(text) || [...writer.model.vocabulary.tokens[lastId]].length > 1;
}

/** A text with each of the `n` likeliest tokens after it, the likeliest first. */
function nextTokens(
  writer: Writer,
  { text, probability, tokens }: Pick<Candidate, "text" | "probability" | "tokens">,
  n: number,
): Candidate[] {
  const scores = writer.scores();
  const ids = Array.from(scores.keys()).slice(1); // 0 is the unknown token, which is never written
  ids.sort((one, other) => scores[other] - scores[one] || one - other);
  const weights = ids.map((id) => Math.exp(scores[id] - scores[ids[0]]));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return ids.slice(0, n).map((id, rank) => {
    const ends = id === writer.model.vocabulary.mark;
    return {
      text: ends ? text : text + writer.added(id),
      probability: (probability * weights[rank]) / total,
      ends,
      writer,
      lastId: id,
      tokens: tokens + 1,
    };
  });
}
