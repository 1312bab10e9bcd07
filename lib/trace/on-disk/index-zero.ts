/**
 * What an index knows of held-out text, and its zero: measured once, and kept in its folder. What is held out is what the library
 * of the texts holds out. Of texts that are those of no library it is the end of each, as a library would cut it: traced in what
 * comes before, so that the index itself is of whole texts.
 */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../base/files/atomic-write";
import { seal } from "../../base/files/checksum";
import { readSealed } from "../../base/files/read-safely";
import type { OnProgress } from "../../base/progress";
import { heldOutBeside, type HeldOut } from "../../text/held-out";
import { placeOfCut } from "../../text/place-of-cut";
import type { Part, Text } from "../../text/text";
import type { ComparisonOptions } from "../comparison/comparison";
import { trace } from "../trace";
import { between, heldOutWords, zeroOf, type Zero } from "../zero";
import type { Texts } from "./index-build";
import type { StoredText } from "./index-texts";

/** What is kept. */
export interface KeptZero {
  /** What was looked at of held-out text, in pieces between which no passage goes on; none where it was too little. */
  readonly words: readonly string[];
  /** How much of each text is not held out, in UTF-16 units, where each was cut; absent where a library held out the words. */
  readonly cuts?: readonly number[];
  /** The zero of exact copies; absent where there are no words. */
  readonly zero?: ReturnType<Zero["toJSON"]>;
}

export interface ZeroOptions {
  /** What a library holds out beside the texts; without it each is cut. */
  readonly beside?: HeldOut;
  readonly minLength: number;
  readonly comparison: Required<ComparisonOptions>;
  readonly onProgress?: OnProgress;
}

/** The share that is cut off texts of no library. */
const share = 0.05;

const mostBytes = 2 ** 24;
const remedy = "Remove it, and it is made anew.";
const fileIn = (folder: string) => path.join(folder, "zero.json");

/** What a library holds out beside its texts, if these are given in its own list and it holds out anything. */
export function besideGiven(texts: Texts | (() => Texts)): HeldOut | undefined {
  const beside = Array.isArray(texts) ? heldOutBeside(texts as readonly (Text | Part)[]) : undefined;
  return beside?.validation.length ? beside : undefined;
}

/** What a folder keeps; nothing where it keeps none, as one that was written before there were zeros, or it is damaged. */
export function keptZero(folder: string): KeptZero | undefined {
  return readSealed(fileIn(folder), { remedy, most: mostBytes }) as KeptZero | undefined;
}

/** Whether what is kept is of what a library holds out; where nothing is known of one, it is. */
export function isZeroOf({ words, cuts }: KeptZero, beside: HeldOut | undefined): boolean {
  return !beside || (!cuts && heldOutWords(beside.validation) === words.join(between));
}

/** Measures the zero of the texts of an index, and keeps it. Reads each text once. */
export async function measureZero(
  folder: string,
  texts: readonly StoredText[],
  options: ZeroOptions,
): Promise<KeptZero> {
  const kept = measured(texts, options);
  await writeWhole(fileIn(folder), (part) => writeFile(part, seal(kept)));
  return kept;
}

function measured(
  texts: readonly StoredText[],
  { beside, minLength, comparison, onProgress }: ZeroOptions,
): KeptZero {
  const cuts = beside ? undefined : texts.map((text) => placeOfCut(text, share));
  const words = heldOutWords(
    beside?.validation ?? texts.map((text, index) => partOf(text, cuts?.[index] ?? 0, text.length)),
  );
  const known = cuts ? { cuts } : {};
  if (words === "") return { words: [], ...known };
  let read = 0; // Some are read twice.
  const told = (index: number) => {
    if (index < read) return;
    onProgress?.({ label: "Held-out text", done: index, total: texts.length, unit: "texts" });
    read = index + 1;
  };
  const training = trainingOf(texts, cuts, told);
  const { passages } = trace(words, training, {
    ...{ minLength, maxOccurrences: 1 },
    ...comparison,
  });
  told(texts.length);
  return { words: words.split(between), ...known, zero: zeroOf(words, passages, training).toJSON() };
}

/** What of the texts of an index is traced in, and what is held out. */
export function heldOutOf(texts: readonly StoredText[], { words, cuts }: KeptZero): HeldOut {
  const nameless = { title: "", author: "", source: "", weight: 1, start: 0, firstLine: 1 };
  return {
    training: trainingOf(texts, cuts),
    validation: words.map((content): Part => ({ ...nameless, content })),
  };
}

function trainingOf(
  texts: readonly StoredText[],
  cuts?: readonly number[],
  told: (index: number) => void = () => {},
): Part[] {
  return texts.map((text, index) => partOf(text, 0, cuts?.[index] ?? text.length, () => told(index)));
}

/** A piece of a text, which is read each time its content is asked for. */
function partOf(text: StoredText, from: number, to: number, read?: () => void): Part {
  const { title, author, source, weight, index } = text;
  return {
    ...{ title, author, source, weight, ...(index === undefined ? {} : { index }) },
    start: text.start ?? 0,
    firstLine: text.firstLine ?? 1,
    get content() {
      read?.();
      return text.slice(from, to);
    },
  };
}

/** What is said of an index that keeps no zero. */
export function withoutZero(folder: string): string {
  return (
    `The index in ${folder} does not know how much of text that nobody copied it would find, so that shares stand alone: ` +
    "open it once with its texts, as `TraceIndex.open(folder, library.training)`, and that is measured and kept with it"
  );
}
