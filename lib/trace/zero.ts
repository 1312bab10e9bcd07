/**
 * The zero of a copied share: the same measure of text that nobody copied, the pages of the same authors that a library holds
 * out. Long phrases are common property: a share that is not above its zero says nothing. It is a coverage, the share of
 * letters that lie in passages of some length; the share of known n-grams, as `novelty.ts` has it, is another measure and lower.
 */
import { heldOutBeside } from "../text/held-out";
import type { Part, Text } from "../text/text";
import { lettersBefore } from "./counted-length";

/**
 * Of one text: how many letters lie in passages of which the longest counts so many characters, as [length, letters,
 * length, letters ...].
 */
type ByLength = readonly number[];

/** How much of held-out text counts as copied, by the length from which on passages count. */
export class Zero {
  /**
   * @param letters how many letters, digits and pictures of held-out text were looked at
   * @param shares the share of them in passages of at least so many characters, by that number: [lengths]
   * @param texts those in passages of each text, by its number in the library; none where no passage stands in it. Absent in
   *   zeros that were kept before they were counted.
   */
  constructor(
    readonly letters: number,
    private readonly shares: Float64Array,
    private readonly texts?: Readonly<Record<number, ByLength>>,
  ) {}

  /** The share of held-out text, from 0 to 1, in passages of at least so many characters. */
  at(minLength: number): number {
    return this.shares[Math.min(minLength, longest)];
  }

  /**
   * The same of passages that stand in one text, as `SourceMeasures` has it of a sample; nothing where that was not counted.
   *
   * @param text its number in the library
   */
  ofText(text: number, minLength: number): number | undefined {
    if (!this.texts) return undefined;
    let copied = 0;
    (this.texts[text] ?? []).forEach((length, at, pairs) => {
      if (at % 2 === 0 && length >= Math.min(minLength, longest)) copied += pairs[at + 1];
    });
    return copied / Math.max(1, this.letters);
  }

  /** The first length from `minLength` on at which the share is small (1 % or less); `minLength` where it never is up to 200. */
  smallFrom(minLength: number): number {
    for (let length = minLength; length <= longest; length++) if (this.at(length) <= small) return length;
    return minLength;
  }

  /** What `toJSON` has made of one. */
  static from({ letters, shares, texts }: ReturnType<Zero["toJSON"]>): Zero {
    return new Zero(letters, Float64Array.from(shares), texts);
  }

  /** What a file keeps of it. */
  toJSON(): { letters: number; shares: number[]; texts?: Readonly<Record<number, ByLength>> } {
    const { letters, shares, texts } = this;
    return { letters, shares: [...shares], ...(texts ? { texts } : {}) };
  }
}

/** Lengths are told apart up to this one. */
export const longest = 200;
const small = 0.01;

/** Less held-out text says nothing, more would only take time: characters. */
const least = 1_000;
const most = 200_000;

/** A passage, as far as it matters here. */
interface Counted {
  readonly start: number;
  readonly end: number;
  readonly length: number;
  /** The texts in which it stands. */
  readonly sources: readonly { readonly text: number }[];
}

/** Stands between two parts: a code point that is no character, so that no passage goes on over it. */
export const between = "\uffff";

/**
 * What of the parts that are held out is looked at: the beginning of each, as much of each as it has of all; "" where
 * that is too little.
 */
export function heldOutWords(heldOut: readonly Part[]): string {
  const lengths = heldOut.map((part) => part.stored?.length ?? part.content.length);
  const all = lengths.reduce((sum, length) => sum + length, 0);
  if (all < least) return "";
  const share = Math.min(1, most / all);
  return heldOut.map((part, index) => beginning(part, Math.floor(share * lengths[index]))).join(between);
}

/** Of a part on disk no more is read than is wanted. */
function beginning(part: Part, length: number): string {
  return part.slice ? part.slice(0, length) : part.content.slice(0, length);
}

/**
 * The zero of held-out words whose passages these are.
 *
 * @param texts those in which they stand
 */
export function zeroOf(
  words: string,
  passages: readonly Counted[],
  texts: readonly (Text | Part)[] = [],
): Zero {
  const before = lettersBefore(words);
  const all = before[words.length];
  const scratch = new Uint32Array(words.length);
  const letters = lettersByLength(passages, before, scratch);
  let covered = 0;
  const shares = new Float64Array(longest + 1);
  for (let length = longest; length >= 0; length--)
    shares[length] = (covered += letters.get(length) ?? 0) / Math.max(1, all);
  shares[0] = Math.min(1, all); // What is in no passage is in one of no length.
  const byText = new Map<number, Counted[]>();
  for (const passage of passages)
    for (const { text } of passage.sources) {
      const number = texts[text]?.index ?? text;
      const own = byText.get(number) ?? [];
      if (own.at(-1) !== passage) own.push(passage);
      byText.set(number, own);
    }
  const ofTexts = [...byText].map(([number, own]): [number, ByLength] => {
    return [number, [...lettersByLength(own, before, scratch)].flat()];
  });
  return new Zero(all, shares, Object.fromEntries(ofTexts));
}

/**
 * How many letters lie in passages, by how many characters the longest passage counts that they lie in.
 *
 * @param before how many letters are before each place: [characters + 1]
 * @param lengths of zeros, as which it is left: [characters]
 */
function lettersByLength(
  passages: readonly Counted[],
  before: Uint32Array,
  lengths: Uint32Array,
): Map<number, number> {
  for (const { start, end, length } of passages)
    for (let at = start; at < end; at++) lengths[at] = Math.max(lengths[at], length);
  const letters = new Map<number, number>();
  for (const { start, end } of passages)
    for (let at = start; at < end; at++) {
      const [length, own] = [Math.min(lengths[at], longest), before[at + 1] - before[at]];
      if (length > 0 && own > 0) letters.set(length, (letters.get(length) ?? 0) + own);
      lengths[at] = 0;
    }
  return letters;
}

/** The zeros of what a library holds out, by how was traced. */
const zeros = new WeakMap<readonly Part[], Map<string, Zero | undefined>>();

/**
 * What is remembered of the texts of a library, or of what it trains on, by the options of tracing as JSON; nothing
 * where they are of none.
 */
export function zerosBeside(texts: readonly (Text | Part)[]): Map<string, Zero | undefined> | undefined {
  const heldOut = heldOutBeside(texts)?.validation ?? [];
  if (heldOut.length === 0) return undefined;
  const known = zeros.get(heldOut) ?? new Map<string, Zero | undefined>();
  zeros.set(heldOut, known);
  return known;
}

/**
 * The zero of the texts of a library, or of what it trains on, traced with some options: made once, then remembered. None where
 * the texts are those of no library, and where less than 1,000 characters are held out.
 *
 * @param passagesOf the passages that words share with what the library trains on
 */
export function zeroBeside(
  texts: readonly (Text | Part)[],
  options: object,
  passagesOf: (words: string, training: readonly Part[]) => readonly Counted[],
): Zero | undefined {
  const beside = heldOutBeside(texts);
  const known = zerosBeside(texts);
  const key = JSON.stringify(options);
  if (beside && known && !known.has(key)) {
    const words = heldOutWords(beside.validation);
    known.set(
      key,
      words === "" ? undefined : zeroOf(words, passagesOf(words, beside.training), beside.training),
    );
  }
  return known?.get(key);
}
