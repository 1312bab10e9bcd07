/**
 * What a network knows of a book, place by place: how far it goes on word for word, and how probable what follows is to it
 * (discoverable extraction, Carlini et al. 2023; over whole books, Cooper et al. 2025, "Extracting memorized pieces of
 * (copyrighted) books from open-weight language models"). Drawn by `lib/show/map/`.
 */
import { checkWhole, OptionError } from "../../base/option-error";
import type { OnProgress } from "../../base/progress";
import { rankOf } from "../../base/lines";
import type { Model } from "../../network/model";
import type { GivenLabels } from "../../text/labels";
import type { Part, Text } from "../../text/text";
import { placedTokens, type PlacedTokens } from "./placed-tokens";
import { notRead, nothingRead, predict, type Predictions, type Stretch } from "./predictions";

export interface BookMapOptions {
  /** UTF-16 units from one place to the next (default: 500). With fewer than about 100 the whole book is read. */
  readonly stride?: number;
  /** Tokens that the network reads before each place, at least, but for the first places of the book (default: 50). */
  readonly context?: number;
  /** UTF-16 units whose probability is asked about (default: 50). */
  readonly ahead?: number;
  /** What the book is, of a network with labels (default: nothing). */
  readonly labels?: GivenLabels;
  readonly onProgress?: OnProgress;
}

export interface BookMap {
  readonly text: Text | Part;
  readonly stride: number;
  readonly ahead: number;
  /** Where the places are in `text.content`, in UTF-16 units, where tokens begin: [places]. */
  readonly places: Int32Array;
  /** How many UTF-16 units the network goes on word for word from each place, if it always takes the likeliest: [places]. */
  readonly verbatim: Int32Array;
  /**
   * The logarithm of the probability of the next `ahead` UTF-16 units, or of those that are left, in nats: [places]. NaN where
   * the network does not know one of them.
   */
  readonly logProbability: Float32Array;
}

/**
 * Maps a book: for each place, how far the network would go on word for word, and how probable the next units are to it.
 *
 * The network is not asked to write: it reads the book, and is right at a token where no other one is likelier. As long as it
 * goes on word for word, what it has written is what stands in the book, so that reading tells what writing would. Before each
 * place it has read at least `context` tokens, from a state of zero, or all from the beginning of the book. The state is not
 * carried through the book, so that all parts of it can be read side by side.
 *
 * @param text a whole text or a part; it has to fit into memory
 * @throws where an option is out of range, and where the text has no token
 * @example
 * const map = await mapOfBook(model, library.training[3]);
 * Math.max(...map.verbatim) // 42
 */
export async function mapOfBook(
  model: Model,
  text: Text | Part,
  { stride = 500, context = 50, ahead = 50, labels, onProgress }: BookMapOptions = {},
): Promise<BookMap> {
  checkWhole({ stride, context, ahead }, 1);
  if (text.content.length === 0)
    throw new OptionError("text", "to hold words", `"${text.title}", which is empty`);
  const tokens = placedTokens(model.vocabulary, text.content);
  const places = placesOf(tokens, stride);
  const into = nothingRead(tokens.ids.length);
  const wanted = stretchesOf(tokens, places, { context, ahead });
  const total = wanted.reduce((sum, { from, to }) => sum + to - from, 0);
  let done = 0;
  const onRead = (count: number) => {
    done += count;
    onProgress?.({ label: `Map of ${text.title}`, done: Math.min(done, total), total, unit: "tokens" });
  };
  await predict(model, tokens.ids, wanted, { into, labels, onRead });
  for (let more = unended(into, places, context); more.length > 0; more = unended(into, places, context))
    await predict(model, tokens.ids, more, { into, labels });
  return { text, stride, ahead, ...measured(tokens, places, into, ahead) };
}

/** The numbers of the tokens that begin at every so many units, or first after that. */
function placesOf({ starts }: PlacedTokens, stride: number): Int32Array {
  const places: number[] = [];
  for (let token = 0; token < starts.length - 1; token++)
    if (starts[token] >= places.length * stride) places.push(token);
  return Int32Array.from(places);
}

/** Tokens that one lane reads of a book that is read as a whole; `context` more before them. */
const laneLength = 2000;

/** What has to be read: around each place, or all of it, in lanes, where places lie so close that this is less. */
function stretchesOf(
  { ids, starts }: PlacedTokens,
  places: Int32Array,
  { context, ahead }: { readonly context: number; readonly ahead: number },
): Stretch[] {
  const from = (token: number) => ({ begin: Math.max(-1, token - context), from: token });
  const around = Array.from(places, (place) => {
    return { ...from(place), to: Math.min(ids.length, rankOf(starts, starts[place] + ahead - 1)) };
  });
  const read = around.reduce((sum, { begin, to }) => sum + to - begin, 0);
  if (read < ids.length * (1 + context / laneLength)) return around;
  const lanes = Math.ceil(ids.length / laneLength);
  return Array.from({ length: lanes }, (_, lane) => {
    return { ...from(lane * laneLength), to: Math.min(ids.length, (lane + 1) * laneLength) };
  });
}

/** Tokens by which the reading goes on where a network is still right at the end of what was read. */
const step = 128;

/** What has to be read more, as the network goes on beyond what was read. */
function unended({ first }: Predictions, places: Int32Array, context: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const place of places) {
    let end = place;
    while (first[end] === 1) end++;
    if (first[end] !== notRead) continue;
    const to = Math.min(first.length, end + step);
    stretches.push({ begin: Math.max(-1, place - context), from: end, to });
  }
  return stretches;
}

function measured(
  { starts }: PlacedTokens,
  places: Int32Array,
  { first, logProbability }: Predictions,
  ahead: number,
): Pick<BookMap, "places" | "verbatim" | "logProbability"> {
  const last = first.length;
  return {
    places: places.map((place) => starts[place]),
    verbatim: places.map((place) => {
      let end = place;
      while (end < last && first[end] === 1) end++;
      return starts[end] - starts[place];
    }),
    logProbability: Float32Array.from(places, (place) => {
      let sum = 0;
      for (let token = place; token < last && starts[token] < starts[place] + ahead; token++)
        sum += logProbability[token];
      return sum;
    }),
  };
}
