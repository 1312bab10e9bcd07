/**
 * A network with its state: it reads texts, and writes on from all that it has read and written since it began. How much
 * is written, and when it ends, is for `generate.ts` and others; which token comes, for `choose.ts`.
 */
import type { Model } from "../network/model";
import { disposeState, mapState } from "../network/state";
import type { GivenLabels } from "../text/labels";
import { requireScores, type Choice } from "./choose";
import { beginning, opening, readingStateAfter, unreadTokens, type ReadingState } from "./reading-state";
import { scoresAfter, writeOn } from "./read-on";

/** What was written last. */
interface Written {
  /** Where the writer stood before. */
  readonly from: ReadingState;
  readonly ids: ArrayLike<number>;
  /** What each of them added to the text. */
  readonly tokens: readonly string[];
}

/**
 * A word that is read in pieces is one word all the same; only one that was written has its end. A word brings the space
 * before it along: a space that was read last waits for it, and then what is written begins without one.
 *
 * @example
 * const writer = new Writer(model);
 * writer.read("It is a truth ");
 * const text = writer.write([0.1, 0.7, 0.4], { temperature: 0.6, topK: 0, topP: 1 }); // three tokens
 * writer.dispose();
 */
export class Writer {
  private reading: ReadingState;
  private last: Written | undefined;

  /**
   * @param labels what the text is to be, of a network that was told of its texts: { author: "Bashō" }; nothing
   * @throws where a label is unknown, with those that are known
   */
  constructor(
    readonly model: Model,
    private readonly labels: GivenLabels = {},
  ) {
    this.reading = beginning(model, labels);
  }

  /** Reads a text, which may hold what the model does not know. */
  read(text: string): void {
    this.forgetWritten();
    this.reading = readingStateAfter(this.model.vocabulary, this.reading, text);
  }

  /**
   * Writes a token for each draw.
   *
   * @param draws each in [0, 1), as `choose` takes them; at least one
   */
  write(draws: readonly number[], choice: Choice): string {
    this.begin();
    const from = this.reading;
    const { vocabulary } = this.model;
    const { ids, state } = writeOn(this.model, this.unread, from.state, draws, choice);
    const tokens = Array.from(ids, (id, index) => (index === 0 ? this.added(id) : vocabulary.tokens[id]));
    this.reading = { state, unread: [ids[ids.length - 1]], open: "" };
    this.last = { from, ids, tokens };
    return tokens.join("");
  }

  /** The tokens of what was written last, unless something was read since. */
  get written(): readonly string[] {
    return this.last?.tokens ?? [];
  }

  /**
   * Goes on as if of what was written last only its beginning were there.
   *
   * @throws where nothing was written since something was read
   */
  keep(kept: string): void {
    if (!this.last) throw new Error("Expected something to be written before a part of it is kept");
    const { from, ids, tokens } = this.last;
    let whole = 0;
    let length = 0;
    while (length < kept.length && length + tokens[whole].length <= kept.length)
      length += tokens[whole++].length;
    if (this.reading.state !== from.state) disposeState(this.reading.state);
    this.reading = from;
    if (whole > 0) {
      const unread = [...this.unread, ...Array.from(ids).slice(0, whole)];
      this.reading = { state: from.state, unread, open: "" };
    }
    this.reading = readingStateAfter(this.model.vocabulary, this.reading, kept.slice(length));
  }

  /** Goes on as if it had written this token. */
  take(id: number): void {
    this.begin();
    this.reading = { state: this.reading.state, unread: [...this.unread, id], open: "" };
  }

  /** What a token would add to the text, if it came next. */
  added(id: number): string {
    const token = this.model.vocabulary.tokens[id];
    return this.reading.open === " " ? token.replace(/^ /, "") : token;
  }

  /** Whether it stands behind a mark: a short text can begin, and the one before it has ended. */
  get behindMark(): boolean {
    const { unread, open } = this.reading;
    return open === "" && unread.length > 0 && unread[unread.length - 1] === this.model.vocabulary.mark;
  }

  /**
   * The scores (logits) of all tokens to come next: [vocabulary].
   *
   * @throws where they are not numbers: see `requireScores`
   */
  scores(): Float32Array {
    this.begin();
    const { unread, open } = this.reading;
    if (unread.length > 1) {
      const { state } = scoresAfter(this.model, unread.slice(0, -1), this.reading.state);
      disposeState(this.reading.state);
      this.reading = { state, unread: unread.slice(-1), open };
    }
    const { scores, state } = scoresAfter(this.model, this.unread, this.reading.state);
    disposeState(state);
    requireScores(scores);
    return scores;
  }

  /** Another writer at the same place, to try out what comes; the caller disposes of it. */
  copy(): Writer {
    const copy = new Writer(this.model, this.labels);
    disposeState(copy.reading.state);
    copy.reading = { ...this.reading, state: mapState(this.reading.state, (tensor) => tensor.clone()) };
    return copy;
  }

  /** Forgets all that was read and written. */
  reset(): void {
    this.dispose();
    this.reading = beginning(this.model, this.labels);
  }

  /** Frees the memory of the state; the model stays. */
  dispose(): void {
    this.forgetWritten();
    disposeState(this.reading.state);
  }

  private begin(): void {
    this.forgetWritten();
    if (this.unread.length > 0) return;
    this.reading = { ...this.reading, unread: [...this.model.vocabulary.encode(opening)] };
  }

  private get unread(): number[] {
    return unreadTokens(this.model.vocabulary, this.reading);
  }

  private forgetWritten(): void {
    if (this.last && this.last.from.state !== this.reading.state) disposeState(this.last.from.state);
    this.last = undefined;
  }
}
