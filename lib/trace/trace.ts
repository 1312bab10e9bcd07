/**
 * Which passages of a sample stand in the texts, and where. How much of it that is, `measure.ts` says;
 * how it looks, `lib/show/overlay/overlay.ts`; for texts that are too many to be read each time there is `trace-index.ts`.
 */
import { checkWhole } from "../base/option-error";
import { lineStarts } from "../base/lines";
import type { Part, Text } from "../text/text";
import { Blocks, layoutFor, shortestWindow } from "./blocks";
import { comparison, type ComparisonOptions } from "./comparison/comparison";
import { endIn, startIn, type Edited, type Edits } from "./comparison/edits";
import { lengthsIn } from "./counted-length";
import { findMatches } from "./matches";
import { passagesOf, type Stretch, type TextCount } from "./passages";
import { placer, type Occurrence, type Locate } from "./places";
import { zeroBeside, type Zero } from "./zero";
import { traceRepetitive, type RepetitiveOptions } from "./repetitive/repetitive";

/** A stretch of the sample, from `start` up to, but not including, `end`, in UTF-16 units, that stands in the texts. */
export interface Passage {
  readonly start: number;
  readonly end: number;
  /** How many characters it counts, as `minLength` says. */
  readonly length: number;
  /** How often it stands in the texts, all of them together; at least 1. */
  readonly count: number;
  /** The texts in which it stands, in their order, and how often in each. */
  readonly sources: readonly TextCount[];
  /** Where it stands, in the order of the texts; in each text the first `maxOccurrences` places. */
  readonly occurrences: readonly Occurrence[];
}

export interface Trace {
  readonly sample: string;
  readonly minLength: number;
  readonly texts: readonly (Text | Part)[];
  /** By where they start, and so also by where they end. */
  readonly passages: readonly Passage[];
  /** How much of what the library of the texts holds out is copied so; absent where nothing is known to be held out. */
  readonly zero?: Zero;
  /** Whether `minLength` is longer than it would have been, so that the zero is small. */
  readonly raised?: boolean;
}

export interface TraceOptions extends ComparisonOptions {
  /**
   * How many characters a passage counts at least (default: 20, in a library more, until 1 % or less of what it holds out is
   * copied). Shorter ones are mostly phrases that nobody has copied. Counted are
   * UTF-16 units as they are compared, each run of white space as one and none at the ends; what has no letter, digit or
   * picture, as blanks and lines of dots, is no passage.
   */
  readonly minLength?: number;
  /** How many places of a passage are kept for each text, 100; all are counted. */
  readonly maxOccurrences?: number;
}

/**
 * Finds the passages that a sample shares with the texts: the stretches of at least `minLength` that stand
 * in some text and are not inside a longer stretch that does. They may overlap, and one may stand in many places, but
 * none can be made longer at either end and still be found anywhere. Compared are Unicode code points, so that neither a
 * passage nor a place where it stands begins or ends within a surrogate pair.
 *
 * Sample and texts may be in any normal form, with any line ends and with characters that nobody sees, as soft hyphens: they
 * are the same without. All places are those of the sample and the texts as they were given.
 *
 * The time grows linearly with sample and texts; of texts in memory that are not in the form in which they are compared
 * that form is kept, else nothing, and about 30 bytes a character of the sample while it works. Where both repeat
 * themselves over and over it is longer, linear still, with 250 bytes.
 *
 * @param texts whole texts or parts of them; the offsets and lines of a part's places count in the whole text
 * @throws where `minLength` or `maxOccurrences` is not a whole number of at least 1
 * @example trace("he sat on the mat.", [cat], { minLength: 5 }) // "the cat sat on the mat" holds " sat on the mat"
 * @example trace(sample, library.texts, { ignoreCase: true, collapseWhitespace: true, foldQuotes: true })
 */
export function trace(sample: string, texts: readonly (Text | Part)[], options: TraceOptions = {}): Trace {
  const { maxOccurrences, ...wanted } = checked(options);
  const compare = comparison(options);
  const zero = zeroFor(texts, wanted.minLength, options);
  const minLength = options.minLength ?? zero?.smallFrom(wanted.minLength) ?? wanted.minLength;
  const compared = compare(sample);
  const edits: (readonly Edits[])[] = [];
  const contents = {
    *[Symbol.iterator]() {
      for (const [index, text] of texts.entries()) {
        const { content, edits: ofText } = compare(text);
        edits[index] = ofText;
        yield content;
      }
    },
  };
  const stretches =
    traceMatches(compared.content, contents, { minLength, maxOccurrences }) ??
    traceRepetitive(compared.content, contents, { minLength, maxOccurrences });
  const places = texts.map((text, index) =>
    placer(index, text, { lines: () => lineStarts(text.content), edits: () => edits[index] }),
  );
  const passages = passagesFrom(stretches, compared, { minLength, places });
  return {
    sample,
    minLength,
    texts,
    passages,
    ...(zero ? { zero, raised: minLength > wanted.minLength } : {}),
  };
}

/** The zero of a library, of passages of `minLength` and more; compared as the options say. */
function zeroFor(
  texts: readonly (Text | Part)[],
  minLength: number,
  { ignoreCase, collapseWhitespace, foldQuotes }: TraceOptions,
): Zero | undefined {
  const options = { minLength, ignoreCase, collapseWhitespace, foldQuotes };
  // Another list of the same texts is not known to be a library's.
  return zeroBeside(
    texts,
    options,
    (words, training) => trace(words, [...training], { ...options, maxOccurrences: 1 }).passages,
  );
}

/** The way by matches, as long as they are not too many to be looked at one by one. */
function traceMatches(
  sample: string,
  texts: Iterable<string>,
  { minLength, maxOccurrences }: RepetitiveOptions,
): Stretch[] | undefined {
  if (minLength < shortestWindow) return undefined;
  const layout = layoutFor(minLength);
  const blocks = new Blocks(sample, layout);
  const budget = { left: allowance + 4 * sample.length };
  const all: number[][] = [];
  for (const text of texts) {
    budget.left += 4 * text.length;
    const matches: number[] = [];
    const match = (start: number, end: number, at: number) => void matches.push(start, end, at);
    if (!findMatches(sample, text, { blocks, layout, minLength, budget, match })) return undefined;
    all.push(matches);
  }
  return passagesOf(sample.length, all, { maxOccurrences });
}

/** Comparisons that are allowed however short sample and texts are: some milliseconds. */
const allowance = 1_000_000;

/** The passages, in the characters of the sample and of the texts themselves: the stretches that count enough. */
export function passagesFrom(
  stretches: readonly Stretch[],
  { content, edits }: Edited,
  { minLength, places }: { readonly minLength: number; readonly places: readonly Locate[] },
): Passage[] {
  if (stretches.length === 0) return [];
  const lengthOf = lengthsIn(content);
  return stretches.flatMap(({ start, end, count, sources, places: found }) => {
    const length = lengthOf(start, end);
    if (length < minLength) return [];
    const [first, last] = [startIn(edits, start), endIn(edits, end)];
    const stretch = { length: end - start, inSample: last - first };
    const occurrences = found.offsets.map((at, index) => places[found.texts[index]](at, stretch));
    return [{ start: first, end: last, length, count, sources, occurrences }];
  });
}

/** The options that have a default, with it. */
export function checked({ minLength = 20, maxOccurrences = 100 }: TraceOptions): {
  minLength: number;
  maxOccurrences: number;
} {
  checkWhole({ minLength, ...(maxOccurrences !== Infinity && { maxOccurrences }) }, 1);
  return { minLength, maxOccurrences };
}
