/** Which earlier characters a prediction rests on, and how far back that reaches. */
import { OptionError } from "../../base/option-error";
import { tokensOf } from "./tokens-in-text";
import { openingState, openUp, type Inside } from "./inside";
import { lookUp } from "../layers/look-up";
import type { Model } from "../model";
import { ForwardPass } from "../reading/forward-pass";
import { disposeState, type State } from "../state";
import { tf, tidy, type Tensor, type Tensor2D, type Tensor3D } from "../tensorflow";

export interface LookBackOptions {
  /** What may come next, whose chance is asked about (default: the likeliest token). */
  readonly token?: string;
  /** By gradients or by the weights of attention (default: "attention" where the network has it). */
  readonly by?: "gradient" | "attention";
}

export interface LookBack {
  /** What was read. */
  readonly tokens: readonly string[];
  /** The token that was asked about, and its probability to come next. */
  readonly next: string;
  readonly probability: number;
  /** A number for each token that was read, 0 where it does not count: see `lookBack`. */
  readonly influence: Float32Array;
}

/**
 * Which characters of a text count when the network predicts the one after its end.
 *
 * By gradients: how far the logarithm of the probability would move if another character stood there, drawn as often as it
 * comes in the text: the standard deviation, of a first-order estimate (the gradient by each input, as in Madsen 2019,
 * "Visualizing memorization in RNNs", but over the characters that there are). By attention: the weights of the last
 * position, which sum up to 1; what lies farther back than `params.steps` has none.
 *
 * @param text at least one token; only it is read, nothing before it
 * @throws where `token` is not in the vocabulary, or attention is asked of a network without
 * @example lookBack(model, "Mr. Darc", { token: "y" }).influence // Float32Array, 8 numbers
 */
export function lookBack(model: Model, text: string, options: LookBackOptions = {}): LookBack {
  const { by = model.params.attention ? "attention" : "gradient", token } = options;
  const { vocabulary } = model;
  const ids = vocabulary.encode(text);
  if (ids.length === 0) throw new Error("Expected a text of at least one character, got none");
  const asked = token === undefined ? undefined : vocabulary.id(token);
  if (asked === 0) throw new OptionError("token", "to be one that the model knows", `"${token}"`);
  const inside = openUp(model);
  const state = openingState(model, 1);
  const told = tidy(() => {
    const column = tf.tensor2d(ids, [ids.length, 1], "int32");
    const read = model.read(column, state);
    disposeState(read.state);
    const chances = read.logits
      .slice([ids.length - 1, 0])
      .softmax()
      .dataSync<"float32">();
    const next = asked ?? chances.indexOf(Math.max(...chances));
    const influence =
      by === "attention"
        ? attention(model, column, state)
        : gradients(model, inside, {
            ids: column,
            next: [next],
            state,
            drawn: frequencies(model, ids),
          }).dataSync<"float32">();
    return { next: vocabulary.tokens[next], probability: chances[next], influence };
  });
  disposeState(state);
  inside.dispose();
  return { tokens: tokensOf(vocabulary, text, ids), ...told };
}

export interface PositionOptions {
  /** How many places of the text are looked at, evenly spread (default: 100). */
  readonly positions?: number;
}

/**
 * How far back predictions look: the mean share of the influence (by gradients, see `lookBack`) that each character before
 * a place has on the chance of the one that came there. Nothing is read before the `back` characters.
 *
 * @returns the share of the last character, of the one before it, and so on; they sum up to 1
 * @throws where the text is too short for that
 */
export function howFarBack(
  model: Model,
  text: string,
  { positions = 100, back = 100 }: PositionOptions & { readonly back?: number } = {},
): Float32Array {
  const ids = model.vocabulary.encode(text);
  const { read, next } = placesOf(ids, { positions, back });
  const inside = openUp(model);
  const state = openingState(model, positions);
  const influence = tidy(() =>
    gradients(model, inside, {
      ids: read,
      next,
      state,
      drawn: frequencies(model, ids),
    }).dataSync<"float32">(),
  );
  tf.dispose(read);
  disposeState(state);
  inside.dispose();
  const shares = new Float32Array(back);
  for (let place = 0; place < positions; place++) {
    let sum = 0;
    for (let time = 0; time < back; time++) sum += influence[time * positions + place];
    if (sum === 0) continue;
    for (let time = 0; time < back; time++)
      shares[back - 1 - time] += influence[time * positions + place] / sum / positions;
  }
  return shares;
}

/**
 * What it is worth to look so far back: the loss at places of a text where the network has read only so many tokens
 * before, and nothing else.
 *
 * @param lengths how many tokens are read, each at least 1
 * @returns of each length the mean cross-entropy in nats
 * @throws where the text is too short for that
 * @example lossByContext(model, text, [1, 10, 100]) // [2.5, 1.4, 1.2]
 */
export function lossByContext(
  model: Model,
  text: string,
  lengths: readonly number[],
  { positions = 500 }: PositionOptions = {},
): number[] {
  const ids = model.vocabulary.encode(text);
  const longest = Math.max(...lengths);
  const state = openingState(model, positions);
  const losses = tidy(() => {
    const { read, next } = placesOf(ids, { positions, back: longest });
    return lengths.map((length) => {
      const last = read.slice([longest - length, 0], [length, positions]);
      const { logits, state: after } = model.read(last as Tensor2D, state);
      disposeState(after);
      const chances = tf.logSoftmax(logits.slice([(length - 1) * positions, 0]));
      return -chosen(chances as Tensor2D, next)
        .mean()
        .dataSync()[0];
    });
  });
  disposeState(state);
  return losses;
}

/**
 * Evenly spread places of a text: the `back` tokens before each, [back, positions], which the caller disposes of, and
 * what came there.
 */
function placesOf(
  ids: Int32Array,
  { positions, back }: Required<PositionOptions> & { readonly back: number },
): { read: Tensor2D; next: number[] } {
  if (!(positions >= 1 && back >= 1 && ids.length > back)) {
    throw new Error(
      `Expected a text of more than \`back\` = ${back} characters and \`positions\` >= 1, got ${ids.length} and ${positions}`,
    );
  }
  const room = ids.length - 1 - back;
  const starts = Array.from({ length: positions }, (_, place) =>
    Math.round((place * room) / Math.max(1, positions - 1)),
  );
  const values = Int32Array.from({ length: back * positions }, (_, at) => {
    return ids[starts[at % positions] + Math.floor(at / positions)];
  });
  return {
    read: tf.tensor2d(values, [back, positions], "int32"),
    next: starts.map((start) => ids[start + back]),
  };
}

interface Asked {
  /** int32: [time, batch] */
  readonly ids: Tensor2D;
  /** Of each text in the batch, the token after its end. */
  readonly next: readonly number[];
  readonly state: State;
  /** How often each token is drawn in the place of another: [1, vocabulary]. */
  readonly drawn: Tensor2D;
}

/** The influence of each token that was read, as `lookBack` tells it: [time, batch]. */
function gradients(model: Model, inside: Inside, { ids, next, state, drawn }: Asked): Tensor2D {
  const [time, batch] = ids.shape;
  // Without an embedding a token is a row of zeros with a one in it.
  const rows = model.weights.named<Tensor2D>("embedding/embeddings") ?? tf.eye(model.vocabulary.size);
  const score = (embedded: Tensor) =>
    chosen(tf.logSoftmax(lastScores(model, inside, { embedded: embedded as Tensor3D, state })), next).sum();
  const byInput = tf.grad(score)(lookUp(rows, ids));
  const byToken = byInput.reshape([time * batch, rows.shape[1]]).matMul(rows, false, true); // [time × batch, vocabulary]
  const mean = byToken.mul(drawn).sum(1, true);
  const variance = byToken.sub(mean).square().mul(drawn).sum(1);
  return variance.sqrt().reshape([time, batch]);
}

/** The scores (logits) after the last token, of what is embedded and differentiable by it: [batch, vocabulary]. */
function lastScores(
  model: Model,
  inside: Inside,
  { embedded, state }: { readonly embedded: Tensor3D; readonly state: State },
): Tensor2D {
  const pass = new ForwardPass(model.params, model.weights, inside.stack);
  const { features, layers } = pass.features({ embedded }, state);
  const attended = model.params.attention ? pass.attended(features, state) : undefined;
  disposeState({ layers, memory: attended?.memory });
  const last = [features, ...(attended ? [attended.average] : [])].map((part) => {
    return part.slice([part.shape[0] - 1, 0, 0]) as Tensor3D;
  });
  return pass.scores(last);
}

/** The weights of attention at the last of some tokens, over those tokens. */
function attention(model: Model, ids: Tensor2D, state: State): Float32Array {
  const [time] = ids.shape;
  const weights = model.attentionWeights(ids, state);
  const before = weights.shape[2] - time;
  return weights.slice([0, time - 1, before], [1, 1, time]).dataSync<"float32">();
}

/** One number of each row: [rows]. */
function chosen(matrix: Tensor2D, columns: readonly number[]): Tensor {
  return matrix.mul(tf.oneHot(tf.tensor1d([...columns], "int32"), matrix.shape[1])).sum(1);
}

/** How often each token comes in a text, as a share: [1, vocabulary]. */
function frequencies(model: Model, ids: Int32Array): Tensor2D {
  const counts = new Float32Array(model.vocabulary.size);
  for (const id of ids) counts[id] += 1 / ids.length;
  return tf.tensor2d(counts, [1, counts.length]);
}
