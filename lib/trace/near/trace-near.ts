/**
 * Which passages of a sample stand in the texts with few changes, and where. What a near copy is, `rules.ts` says; how they
 * are found, and why none is missed, `layout.ts`. What stands there word for word `trace.ts` finds, faster and from shorter
 * passages on.
 */
import { lineStarts } from "../../base/lines";
import type { OnProgress } from "../../base/progress";
import type { Part, Text } from "../../text/text";
import { comparison } from "../comparison/comparison";
import type { Edits } from "../comparison/edits";
import { lengthsIn } from "../counted-length";
import { placer, type PlacerOptions } from "../places";
import { zerosBeside } from "../zero";
import { checked, type Trace, type TraceOptions } from "../trace";
import { anchorFinder } from "./anchors";
import { runLayout } from "./layout";
import { NearCopies } from "./near-copies";
import { passageFrom, type ComparedText, type NearPassage } from "./near-passage";
import { rulesOf, TooManyAlignments, type Rules } from "./rules";
import { startsOf } from "./starts";
import { sweep } from "./sweep";
import { Alphabet } from "./symbols";

export interface NearTrace extends Trace {
  readonly share: number;
  readonly gap: number;
  readonly passages: readonly NearPassage[];
}

export interface TraceNearOptions extends TraceOptions {
  /** How many characters a passage counts at least (default: 40), counted as those of `trace`. Shorter ones are mostly chance. */
  readonly minLength?: number;
  /** How large a share of a passage may be changed, from 0 to 0.4 (default: 0.15): of its characters and those left out. */
  readonly share?: number;
  /** How many changes may stand beside each other, or nearly so (default: 12). */
  readonly gap?: number;
  /** Told how many of the texts have been looked through. */
  readonly onProgress?: OnProgress;
}

/** Cells and states of alignments that may be looked at: to begin with, and for each character of sample and texts. */
const allowance = 2_000_000;
const allowanceEach = 200;

/**
 * Finds the passages that a sample shares with the texts but for a few replaced, added and omitted characters: the stretches of
 * at least `minLength` that have a near copy and are not inside a longer stretch that has. All places are those of the sample
 * and the texts as they were given; characters are Unicode code points, lengths UTF-16 units as those of `trace`. With `share` 0
 * it finds the passages that `trace` finds; of places that overlap it keeps one.
 *
 * `zero` is there once `nearZero` has made it for the library; then the default of `minLength` is where it is small.
 *
 * The time grows linearly with the texts and, for a long sample, with the sample; each text is read once.
 *
 * @param texts whole texts or parts of them; offsets and lines count in the whole text
 * @throws where an option cannot be; and where sample and texts repeat a few characters over and over, so that there are too many
 *   alignments to be followed
 * @example traceNear("the cat sat quietly on the old mat", [cat], { minLength: 20 }).passages[0].occurrences[0].changes
 */
export function traceNear(
  sample: string,
  texts: readonly (Text | Part)[],
  options: TraceNearOptions = {},
): NearTrace {
  const compare = comparison(options);
  const compared = texts.map((text): Compared => {
    let edits: readonly Edits[] = [];
    const content = () => {
      const edited = compare(text);
      edits = edited.edits;
      return edited.content;
    };
    return { content, edits: () => edits, lines: () => lineStarts(text.content) };
  });
  return traceNearIn(sample, texts, compared, options);
}

/** A text as it is compared: its characters, what was changed in them before, and where its lines begin. */
export interface Compared extends PlacerOptions {
  /** Asked for before the others. */
  readonly content: () => string;
}

/** What `traceNear` does, with texts that may have been compared before. */
export function traceNearIn(
  sample: string,
  texts: readonly (Text | Part)[],
  comparedTexts: readonly Compared[],
  { share = 0.15, gap = 12, onProgress, ...options }: TraceNearOptions = {},
): NearTrace {
  const { minLength: wanted, maxOccurrences } = checked({ minLength: 40, ...options });
  const zero = zerosBeside(texts)?.get(zeroKey({ share, gap, ...options }));
  const minLength = options.minLength ?? zero?.smallFrom(wanted) ?? wanted;
  const rules = rulesOf({ share, gap });
  const edited = comparison(options)(sample);
  const alphabet = new Alphabet(edited.content);
  const symbols = alphabet.symbolsOf(edited.content);
  const copies = new NearCopies(symbols, minLength);
  const search = searchOf(symbols.numbers, {
    rules,
    columns: symbols.units ? Math.ceil(minLength / 2) : minLength,
  });
  const compared: (ComparedText | undefined)[] = [];
  for (const [index, text] of texts.entries()) {
    const content = comparedTexts[index].content();
    const ofText = alphabet.symbolsOf(content);
    let isCopied = false;
    search(ofText.numbers, (start, end, from, to, edits) => {
      isCopied = true;
      copies.add({ text: index, start, end, from, to, edits });
    });
    if (isCopied)
      compared[index] = {
        edited: { content, edits: comparedTexts[index].edits() },
        symbols: ofText,
        locate: placer(index, text, comparedTexts[index]),
        start: "start" in text ? (text.start ?? 0) : 0,
      };
    onProgress?.({ label: "Near copies", done: index + 1, total: texts.length, unit: "texts" });
  }
  const lengthOf = lengthsIn(edited.content);
  const passages = copies
    .stretches()
    .map((stretch) =>
      passageFrom(stretch, { sample: { edited, symbols }, texts: compared, rules, maxOccurrences, lengthOf }),
    )
    .filter(({ length }) => length >= minLength);
  const beside = zero ? { zero, raised: minLength > wanted } : {};
  return { sample, minLength, share, gap, texts, passages, ...beside };
}

/** By which options a zero is remembered. */
export function zeroKey({
  minLength = 40,
  share = 0.15,
  gap = 12,
  ignoreCase,
  collapseWhitespace,
  foldQuotes,
}: TraceNearOptions): string {
  const compared = [ignoreCase, collapseWhitespace, foldQuotes].map(Boolean);
  return JSON.stringify({ minLength, share, gap, compared });
}

/** Called for each near copy: from where to where in the sample, and in the text; its edits. */
type Found = (start: number, end: number, from: number, to: number, edits: number) => void;

/** Finds the near copies of a sample that can be made longer at neither end, text by text. */
function searchOf(
  sample: Uint16Array,
  { rules, columns }: { readonly rules: Rules; readonly columns: number },
): (text: Uint16Array, found: Found) => void {
  if (sample.length < columns) return () => {};
  const anchorsIn = anchorFinder(sample, rules, runLayout(rules, columns));
  const budget = { left: allowance + allowanceEach * sample.length };
  return (text, found) => {
    budget.left += text.length;
    try {
      const anchors = anchorsIn(text);
      if (anchors.length === 0) return;
      const starts = startsOf(sample, text, { anchors, rules, budget });
      sweep(sample, text, { starts, rules, budget }, (start, end, to, edits) => {
        found(starts[start], end, starts[start + 1], to, edits);
      });
    } catch (error) {
      if (!(error instanceof TooManyAlignments)) throw error;
      throw new Error(
        "Expected a sample and texts that do not repeat a few characters over and over, got some with too many alignments to be " +
          "followed: leave such lines out, or look for exact copies with `trace`",
        { cause: error },
      );
    }
  };
}
