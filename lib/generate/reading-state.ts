/** Where a writer stands in a text: what the network remembers of it, and what it has not read yet. */
import type { Model } from "../network/model";
import type { State } from "../network/state";
import type { GivenLabels } from "../text/labels";
import type { Vocabulary } from "../text/tokens/vocabulary";
import { eachStretch } from "../text/tokens/words";

/** What is read before the first token is written or predicted, where nothing else was. */
export const opening = "\n";

/** The state after some tokens, and what comes after them and is not in it yet. */
export interface ReadingState {
  readonly state: State;
  /** Tokens: scores come from reading, so that the last one waits until they are wanted. */
  readonly unread: readonly number[];
  /** The end of what was read, as long as more of its last word may come; always "" where tokens are characters. */
  readonly open: string;
}

/** Where nothing was read; a network of short texts stands behind a mark, as before each of them. */
export function beginning(model: Model, labels: GivenLabels): ReadingState {
  const { mark } = model.vocabulary;
  return { state: model.firstState(1, labels), unread: mark === undefined ? [] : [mark], open: "" };
}

/** Where one stands when a text was read from some place on, with the same state. */
export function readingStateAfter(
  vocabulary: Vocabulary,
  { state, unread, open }: ReadingState,
  text: string,
): ReadingState {
  const all = open + text;
  const last = vocabulary.level === "characters" ? "" : lastWord(all);
  const closed = vocabulary.encode(all.slice(0, all.length - last.length));
  return { state, unread: [...unread, ...closed], open: last };
}

/** The end of a text that words may change which are read after it: "the sea, " -> " " and "the sea, lo" -> " lo". */
function lastWord(text: string): string {
  let last = "";
  eachStretch(text, (stretch) => (last = stretch));
  // eslint-disable-next-line no-control-regex -- the mark is what is looked for
  return /^[^\S ]|^\u0003/.test(last) ? "" : last;
}

/** All tokens that are not in the state; a space that waits for its word is none yet. */
export function unreadTokens(vocabulary: Vocabulary, { unread, open }: ReadingState): number[] {
  return [...unread, ...(open === " " ? [] : vocabulary.encode(open))];
}
