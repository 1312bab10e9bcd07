/** The words of prepared texts, or pieces of these, as numbers, in a file beside their characters. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { appendSums, type Sums } from "../../base/files/block-sums";
import { seal } from "../../base/files/checksum";
import {
  nameOfVocabulary,
  Vocabulary,
  type SavedVocabulary,
  type VocabularyOptions,
} from "../tokens/vocabulary";
import { writeWhole } from "../../base/files/atomic-write";
import { WordCount } from "../tokens/word-count";
import type { Width } from "./numbers-in-bytes";
import { isAsWritten, readNote } from "./prepared";
import { NumbersFile } from "./numbers-file";
import type { PrepareOptions } from "./prepare";
import { atSpaces, type TextOnDisk } from "./text-on-disk";

/** A part of a text, in UTF-16 units of the text. */
export interface Stretch {
  readonly text: TextOnDisk;
  readonly from: number;
  readonly to: number;
}

export interface Words {
  readonly file: string;
  readonly width: Width;
  /** How many each part has; they stand in the file one after the other. */
  readonly lengths: readonly number[];
  readonly sums: Sums;
}

/** The words of some parts, where they have been written. */
export function writtenWords(
  folder: string,
  parts: readonly Stretch[],
  vocabulary: Vocabulary,
): Words | undefined {
  const { file, note } = filesOf(folder, parts, vocabulary);
  const noted = readNote(note) as Omit<Words, "file"> | undefined;
  return noted && isAsWritten(file, noted.sums) ? { file, ...noted } : undefined;
}

export interface CountOptions extends PrepareOptions, Pick<VocabularyOptions, "maxSubwords" | "maxWords"> {
  readonly level: "subwords" | "words";
  /** All that the texts have. */
  readonly characters: string;
}

/**
 * The most frequent words of some texts, or pieces of their words; they are noted, so that they are counted once.
 *
 * @throws where `maxWords` or `maxSubwords` is not a whole number above 0
 */
export async function countWords(
  folder: string,
  texts: readonly TextOnDisk[],
  { level, characters, onProgress, signal, ...most }: CountOptions,
): Promise<Vocabulary> {
  Vocabulary.of([], most);
  const note = path.join(folder, `${nameOfVocabulary({ level, ...most })}.json`);
  const noted = readNote(note) as { readonly vocabulary: SavedVocabulary } | undefined;
  if (noted) return Vocabulary.fromJSON(noted.vocabulary);
  const total = texts.reduce((sum, { length }) => sum + length, 0);
  const count = new WordCount();
  let done = 0;
  for (const text of texts) {
    for (const piece of atSpaces(text.pieces())) {
      count.add(piece);
      onProgress?.({ label: "Counting words", done: (done += piece.length), total, unit: "characters" });
      signal?.throwIfAborted();
      await setImmediate();
    }
  }
  const vocabulary = Vocabulary.ofCount(count, [characters], { level, onProgress, ...most });
  await writeWhole(note, (beside) => writeFile(beside, seal({ vocabulary })));
  return vocabulary;
}

/** Writes the words of some parts: the numbers first, and then, whole or not at all, what tells that they are there. */
export async function writeWords(
  folder: string,
  parts: readonly Stretch[],
  { vocabulary, onProgress, signal }: PrepareOptions & { readonly vocabulary: Vocabulary },
): Promise<Words> {
  const { file, note } = filesOf(folder, parts, vocabulary);
  const total = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  const width = vocabulary.size <= 2 ** 16 ? 2 : 4;
  const lengths: number[] = [];
  let sums: Sums | undefined;
  let done = 0;
  await writeWhole(file, async (beside) => {
    const numbers = new NumbersFile(beside, width);
    try {
      for (const { text, from, to } of parts) {
        const before = numbers.length;
        for (const piece of atSpaces(text.pieces(from, to))) {
          numbers.add(vocabulary.encode(piece));
          onProgress?.({ label: "Words", done: (done += piece.length), total, unit: "characters" });
          signal?.throwIfAborted();
          await setImmediate();
        }
        lengths.push(numbers.length - before);
      }
    } finally {
      numbers.close();
    }
    sums = appendSums(beside);
  });
  const noted = { width, lengths, sums: sums! } as const;
  await writeWhole(note, (beside) => writeFile(beside, seal(noted)));
  return { file, ...noted };
}

/** Files whose name tells of which words and parts they are. */
function filesOf(folder: string, parts: readonly Stretch[], vocabulary: Vocabulary) {
  const hash = createHash("sha256").update(JSON.stringify(vocabulary));
  for (const { text, from, to } of parts) hash.update(`${text.text.at} ${from} ${to}\n`);
  const name = path.join(folder, `words-${hash.digest("hex").slice(0, 16)}`);
  return { file: `${name}.ids`, note: `${name}.json` };
}
