/** What a network makes of tokens that it reads: how probable it held each of them, and whether it was its first choice. */
import { setImmediate } from "node:timers/promises";
import type { Model } from "../../network/model";
import { disposeState, type State } from "../../network/state";
import { tf, tidy, type Tensor, type Tensor2D } from "../../network/tensorflow";
import type { GivenLabels } from "../../text/labels";
import { opening } from "../reading-state";

/** Of each token of a text. */
export interface Predictions {
  /** The logarithm of its probability, in nats; NaN where it was not looked at, and where the network does not know the token. */
  readonly logProbability: Float32Array;
  /** 1 where no other token was likelier, 0 where one was, `notRead` where it was not looked at. */
  readonly first: Uint8Array;
  /** Its likeliest tokens there, where these are wanted. */
  readonly likeliest?: Likeliest;
}

/** The likeliest tokens at each place of a text, the likeliest first. */
export interface Likeliest {
  /** How many at each place. */
  readonly count: number;
  /** [tokens, count] */
  readonly ids: Int32Array;
  /** In nats: [tokens, count]; NaN where it was not looked at. */
  readonly logProbability: Float32Array;
}

export const notRead = 2;

/** Tokens that are read for themselves, and those of them that are looked at. */
export interface Stretch {
  /** The first that is read, which says nothing of itself; -1 is the opening, before the first token of a text. */
  readonly begin: number;
  /** Looked at is from here, after `begin`, … */
  readonly from: number;
  /** … up to, but not including, here. */
  readonly to: number;
}

export interface PredictOptions {
  /** What the text is, of a network with labels (default: nothing). */
  readonly labels?: GivenLabels;
  /** Told of tokens as they are read (default: nobody). */
  readonly onRead?: (tokens: number) => void;
}

/** Stretches that are read side by side. */
const mostLanes = 512;
/** Scores that are held at once: 16 MB. */
const mostScores = 2 ** 22;
/** Tokens of a stretch that are read in one go. */
const mostSteps = 512;

/** @param likeliest how many of the likeliest tokens are wanted at each place; at most all that can be written */
export function nothingRead(tokens: number, likeliest = 0): Predictions {
  const numbers = (size: number) => new Float32Array(size).fill(NaN);
  return {
    logProbability: numbers(tokens),
    first: new Uint8Array(tokens).fill(notRead),
    ...(likeliest > 0 && {
      likeliest: {
        count: likeliest,
        ids: new Int32Array(tokens * likeliest),
        logProbability: numbers(tokens * likeliest),
      },
    }),
  };
}

/**
 * Reads stretches of a text, each from a state of zero, and notes in `into` what the network made of those of their tokens that
 * were not looked at before. The unknown token, which is never written, is left out of what could come.
 *
 * @param ids of all tokens of the text
 */
export async function predict(
  model: Model,
  ids: ArrayLike<number>,
  stretches: readonly Stretch[],
  { into, labels, onRead }: PredictOptions & { readonly into: Predictions },
): Promise<void> {
  // Neighbours in length are read together, so that few of them wait for the longest.
  const ordered = [...stretches].sort((one, other) => other.to - other.begin - (one.to - one.begin));
  for (let at = 0; at < ordered.length; at += mostLanes) {
    const lanes = ordered.slice(at, at + mostLanes);
    let state = model.firstState(lanes.length, labels);
    const longest = lanes[0].to - 1 - lanes[0].begin;
    const scores = lanes.length * model.vocabulary.size;
    const atOnce = Math.max(1, Math.min(mostSteps, Math.floor(mostScores / scores)));
    try {
      for (let done = 0; done < longest; done += atOnce) {
        const time = Math.min(atOnce, longest - done);
        state = readOn(model, ids, { lanes, done, time }, state, into);
        onRead?.(lanes.reduce((sum, lane) => sum + readOf(lane, done + time) - readOf(lane, done), 0));
        await setImmediate();
      }
    } finally {
      disposeState(state);
    }
  }
}

/** How many of a lane's looked-at tokens are behind after so many steps. */
function readOf({ begin, from, to }: Stretch, steps: number): number {
  return Math.max(0, Math.min(to, begin + 1 + steps) - from);
}

interface Window {
  readonly lanes: readonly Stretch[];
  /** Steps that were read before. */
  readonly done: number;
  readonly time: number;
}

/** Reads some steps of all lanes. Disposes of the state, and returns the next one. */
function readOn(
  model: Model,
  ids: ArrayLike<number>,
  { lanes, done, time }: Window,
  state: State,
  { logProbability, first, likeliest }: Predictions,
): State {
  const size = lanes.length;
  const given = new Int32Array(time * size);
  const next = new Int32Array(time * size);
  const before = openingOf(model);
  for (let step = 0; step < time; step++) {
    lanes.forEach(({ begin, to }, lane) => {
      const token = Math.min(begin + done + step, to - 1);
      given[step * size + lane] = token < 0 ? before : ids[token];
      next[step * size + lane] = ids[Math.min(token + 1, to - 1)];
    });
  }
  const seen = scored(
    model,
    tf.tensor2d(given, [time, size], "int32"),
    { next, count: likeliest?.count },
    state,
  );
  for (let step = 0; step < time; step++) {
    lanes.forEach(({ begin, from, to }, lane) => {
      const token = begin + done + step + 1;
      if (token < from || token >= to || first[token] !== notRead) return;
      const at = step * size + lane;
      const known = next[at] > 0;
      logProbability[token] = known ? seen.logProbability[at] : NaN;
      first[token] = known && seen.first[at] === next[at] - 1 ? 1 : 0;
      if (likeliest && seen.likeliest) noteLikeliest(likeliest, token, seen.likeliest, at);
    });
  }
  return seen.state;
}

function noteLikeliest(into: Likeliest, token: number, { ids, logProbability }: Likeliest, at: number): void {
  const { count } = into;
  const part = [at * count, (at + 1) * count] as const;
  into.ids.set(ids.subarray(...part), token * count);
  into.logProbability.set(logProbability.subarray(...part), token * count);
}

interface Wanted {
  /** The tokens that come next. */
  readonly next: Int32Array;
  /** How many of the likeliest are wanted at each place (default: none). */
  readonly count?: number;
}

/** @param ids disposed of, as is the state */
function scored(model: Model, ids: Tensor2D, { next, count = 0 }: Wanted, state: State) {
  let after = state;
  const told = tidy((): Tensor[] => {
    const read = model.read(ids, state);
    after = read.state;
    const scores = read.logits.slice([0, 1]); // Without the unknown token, whose number is 0.
    const places = Int32Array.from({ length: 2 * next.length }, (_, at) =>
      at % 2 ? Math.max(0, next[at >> 1] - 1) : at >> 1,
    );
    const chosen: Tensor = tf.gatherND(scores, tf.tensor2d(places, [next.length, 2], "int32"));
    const all = tf.logSumExp(scores, 1);
    const shown = [chosen.sub(all), tf.argMax(scores, 1)];
    if (count === 0) return shown;
    const top = tf.topk(scores, count);
    return [...shown, top.indices.add(tf.scalar(1, "int32")), top.values.sub(all.expandDims(1))];
  });
  const [logProbability, first, likeliest, likeliestLog] = told.map((tensor) => tensor.dataSync());
  tf.dispose([ids, ...told]);
  disposeState(state);
  return {
    logProbability,
    first,
    likeliest: likeliest && {
      count,
      ids: likeliest as Int32Array,
      logProbability: likeliestLog as Float32Array,
    },
    state: after,
  };
}

/** What is read before the first token of a text. */
function openingOf({ vocabulary }: Model): number {
  return vocabulary.mark ?? vocabulary.encode(opening)[0];
}
