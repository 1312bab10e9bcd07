/**
 * A network with its state: it reads texts, and writes on from all that it has read and written since it began. How much
 * is written, and when it ends, is for `generate.ts` and others; which token comes, for `choose.ts`.
 */
import type { State } from "../network/lstm/stack";
import { disposeState, type Model } from "../network/model";
import { tf } from "../network/tensorflow";
import { choose, type Choice } from "./choose";

/** What is read before the first token is written or foreseen, where nothing else was. */
export const opening = "\n";

/** The state after some tokens, and those after them that are not in it yet. */
interface Place {
  readonly state: State;
  /** Empty only at the beginning: scores come from reading, so that the last token waits until they are wanted. */
  readonly unread: readonly number[];
}

/**
 * @example
 * const writer = new Writer(model);
 * writer.read("It is a truth ");
 * const text = writer.write([0.1, 0.7, 0.4], { temperature: 0.6, topK: 0, topP: 1 }); // three tokens
 * writer.dispose();
 */
export class Writer {
  private place: Place;
  /** Where it was before it wrote last. */
  private beforeWriting: Place | undefined;

  constructor(readonly model: Model) {
    this.place = beginning(model);
  }

  /** Reads a text, which may hold what the model does not know. */
  read(text: string): void {
    this.forgetBefore();
    const { state, unread } = this.place;
    this.place = { state, unread: [...unread, ...this.model.vocabulary.encode(text)] };
  }

  /**
   * Writes a token for each draw.
   *
   * @param draws each in [0, 1), as `choose` takes them; at least one
   */
  write(draws: readonly number[], choice: Choice): string {
    this.begin();
    this.beforeWriting = this.place;
    const { ids, state } = writeOn(this.model, this.place.unread, this.place.state, draws, choice);
    this.place = { state, unread: [ids[ids.length - 1]] };
    return this.model.vocabulary.decode(ids);
  }

  /**
   * Goes on as if of what was written last only its beginning were there.
   *
   * @throws where nothing was written since something was read
   */
  keep(kept: string): void {
    if (!this.beforeWriting) throw new Error("Expected something to be written before a part of it is kept");
    disposeState(this.place.state);
    const { state, unread } = this.beforeWriting;
    this.place = { state, unread: [...unread, ...this.model.vocabulary.encode(kept)] };
    this.beforeWriting = undefined;
  }

  /** The scores (logits) of all tokens to come next: [vocabulary]. */
  scores(): Float32Array {
    this.begin();
    const { unread } = this.place;
    if (unread.length > 1) {
      const { state } = scoresAfter(this.model, unread.slice(0, -1), this.place.state);
      disposeState(this.place.state);
      this.place = { state, unread: unread.slice(-1) };
    }
    const { scores, state } = scoresAfter(this.model, this.place.unread, this.place.state);
    disposeState(state);
    return scores;
  }

  /** Another writer at the same place, to try out what comes; the caller disposes of it. */
  copy(): Writer {
    const copy = new Writer(this.model);
    disposeState(copy.place.state);
    const state = this.place.state.map(({ hidden, cell }) => ({
      hidden: hidden.clone(),
      cell: cell.clone(),
    }));
    copy.place = { state, unread: this.place.unread };
    return copy;
  }

  /** Forgets all that was read and written. */
  reset(): void {
    this.dispose();
    this.place = beginning(this.model);
  }

  /** Frees the memory of the state; the model stays. */
  dispose(): void {
    this.forgetBefore();
    disposeState(this.place.state);
  }

  private begin(): void {
    this.forgetBefore();
    if (this.place.unread.length === 0) this.read(opening);
  }

  private forgetBefore(): void {
    if (this.beforeWriting) disposeState(this.beforeWriting.state);
    this.beforeWriting = undefined;
  }
}

/** Where nothing was read; a network of short texts stands behind a mark, as before each of them. */
function beginning(model: Model): Place {
  const { mark } = model.vocabulary;
  return { state: model.zeroState(1), unread: mark === undefined ? [] : [mark] };
}

/**
 * Reads ids and writes a token for each draw. The state that goes out has not read the last of them yet.
 *
 * @param state left alone; the one that is returned is the caller's
 */
function writeOn(
  model: Model,
  ids: readonly number[],
  state: State,
  draws: readonly number[],
  choice: Choice,
): { ids: ArrayLike<number>; state: State } {
  const { temperature, topK, topP } = choice;
  const atOnce = model.implementation.generate;
  if (atOnce) return atOnce(model, state, { prompt: ids, draws, temperature, topK, topP });
  const written: number[] = [];
  let current = state;
  for (const drawn of draws) {
    const { scores, state: after } = scoresAfter(model, written.length ? written.slice(-1) : ids, current);
    if (current !== state) disposeState(current);
    current = after;
    written.push(choose(scores, choice, drawn));
  }
  return { ids: written, state: current };
}

/** The scores of what follows the last of some ids. */
function scoresAfter(
  model: Model,
  ids: readonly number[],
  before: State,
): { scores: Float32Array; state: State } {
  let state = before;
  const scores = tf.tidy(() => {
    const read = model.read(tf.tensor2d([...ids], [ids.length, 1], "int32"), before);
    state = read.state;
    return tf.keep(read.logits.slice([ids.length - 1, 0], [1, -1]));
  });
  const values = scores.dataSync<"float32">();
  scores.dispose();
  return { scores: values, state };
}
