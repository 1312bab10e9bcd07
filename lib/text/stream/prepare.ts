/** Reads files once, from their beginnings to their ends, and writes their characters as numbers of one width. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { appendSums } from "../../base/files/block-sums";
import { seal } from "../../base/files/checksum";
import { NoText } from "../no-text";
import type { OnProgress } from "../../base/progress";
import { writeWholeFolder } from "../../base/files/atomic-write";
import { block, type FileState, format, type Prepared, type PreparedText } from "./format";
import type { Width } from "./numbers-in-bytes";
import { NumbersFile } from "./numbers-file";
import { inPieces } from "./pieces";

export interface PrepareOptions {
  readonly onProgress?: OnProgress;
  /** Stops it, and nothing of it stays. */
  readonly signal?: AbortSignal;
}

/**
 * Writes the folder of prepared texts beside, and puts it in its place once it is whole.
 *
 * @throws where a file cannot be read or holds no words, and what the signal was aborted with
 */
export async function prepare(
  folder: string,
  files: readonly FileState[],
  options: PrepareOptions = {},
): Promise<void> {
  await writeWholeFolder(folder, async (part) => {
    const prepared =
      (await readAll(part, files, { ...options, width: 2 })) ??
      (await readAll(part, files, { ...options, width: 4 }));
    const whole = { ...prepared, codes: appendSums(path.join(part, "codes")) };
    await writeFile(path.join(part, "texts.json"), seal(whole));
  });
}

/** @returns nothing where there are more characters than numbers of the width */
async function readAll(
  folder: string,
  files: readonly FileState[],
  { onProgress, signal, width }: PrepareOptions & { readonly width: Width },
): Promise<Omit<Prepared, "codes"> | undefined> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const codes = new NumbersFile(path.join(folder, "codes"), width);
  const characters = new Characters();
  const texts: PreparedText[] = [];
  let done = 0;
  try {
    for (const { file, size, encoding, mayBeLeftOut = false } of files) {
      const onRead = (bytes: number) =>
        onProgress?.({ label: "Texts", done: done + bytes, total, unit: "bytes" });
      const before = { at: codes.length, count: characters.count };
      const text = await readOne(file, { codes, characters, encoding, onRead, signal }).catch((error) => {
        if (!mayBeLeftOut || !(error instanceof NoText)) throw error;
        codes.cutTo(before.at);
        characters.cutTo(before.count);
        return nothing(before.at, error.reason);
      });
      if (characters.count > 2 ** (8 * width)) return undefined;
      texts.push(text);
      done += size;
    }
  } finally {
    codes.close();
  }
  return { format, files, characters: characters.all, width, texts };
}

interface Reading {
  readonly codes: NumbersFile;
  readonly characters: Characters;
  readonly encoding?: string;
  readonly onRead: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

async function readOne(file: string, { codes, characters, ...options }: Reading): Promise<PreparedText> {
  const at = codes.length;
  const { title, author, pieces, notices } = await inPieces(file, options);
  const hash = createHash("sha256");
  const counts = new Counts(characters);
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length;) {
      const to = endOfSome(piece, from);
      const some = piece.slice(from, to);
      hash.update(some);
      codes.add(...counts.read(some));
      from = to;
      options.signal?.throwIfAborted();
      await setImmediate();
    }
  }
  if (counts.words === 0) throw new NoText(`Expected a text in ${file}, found an empty file`, "empty");
  return { title, author, notices: notices(), sha256: hash.digest("hex"), at, ...counts.all() };
}

function nothing(at: number, leftOut: string): PreparedText {
  const counts = { length: 0, units: 0, words: 0, lines: 0, distinctCharacters: 0 };
  const blocks = { units: [], lines: [] };
  return { leftOut, title: "", author: "", notices: [], sha256: "", at, ...counts, blocks };
}

/** Characters that are looked at before others have their turn. */
const atOnce = 2 ** 18;

/** Where the next characters end, which is not within one. */
function endOfSome(text: string, from: number): number {
  const to = Math.min(text.length, from + atOnce);
  return to < text.length && /[\ud800-\udbff]/.test(text[to - 1]) ? to + 1 : to;
}

/** Characters (Unicode code points) by their numbers. */
class Characters {
  private readonly list: number[] = [];
  /** The number of each UTF-16 unit, where it has one, and 1 more. */
  private readonly units = new Int32Array(0x10000);
  private readonly others = new Map<number, number>();

  get count(): number {
    return this.list.length;
  }

  get all(): string {
    return this.list.map((codePoint) => String.fromCodePoint(codePoint)).join("");
  }

  codeOf(codePoint: number): number {
    const known = codePoint > 0xffff ? (this.others.get(codePoint) ?? 0) : this.units[codePoint];
    if (known > 0) return known - 1;
    const count = this.list.push(codePoint);
    if (codePoint > 0xffff) this.others.set(codePoint, count);
    else this.units[codePoint] = count;
    return count - 1;
  }

  /** Forgets those that came behind the first `count`. */
  cutTo(count: number): void {
    for (const codePoint of this.list.splice(count)) {
      if (codePoint > 0xffff) this.others.delete(codePoint);
      else this.units[codePoint] = 0;
    }
  }
}

/** White space, by its UTF-16 unit. */
const spaces = Uint8Array.from({ length: 0x10000 }, (_, unit) =>
  /\s/.test(String.fromCharCode(unit)) ? 1 : 0,
);
const lineFeed = 10;

/** What is counted of a text while it is read. */
class Counts {
  words = 0;
  private length = 0;
  private units = 0;
  private lineFeeds = 0;
  private isWithinWord = false;
  private last = 0;
  private distinctCharacters = 0;
  private seen: Uint8Array = new Uint8Array(2 ** 8);
  private readonly blocks = { units: [] as number[], lines: [] as number[] };
  private readonly codes = new Int32Array(atOnce + 1);

  constructor(private readonly characters: Characters) {}

  /** @returns the codes of the characters, and how many there are; good until the next call */
  read(text: string): [codes: Int32Array, count: number] {
    let count = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const isPair = unit >= 0xd800 && unit < 0xdc00;
      const codePoint = isPair ? (text.codePointAt(i) as number) : unit;
      const code = this.characters.codeOf(codePoint);
      if (this.length++ % block === 0) {
        this.blocks.units.push(this.units + i);
        this.blocks.lines.push(this.lineFeeds);
      }
      if (isPair) i++;
      this.codes[count++] = code;
      if (code >= this.seen.length) this.seen = grown(this.seen, code);
      if (this.seen[code] === 0) {
        this.seen[code] = 1;
        this.distinctCharacters++;
      }
      if (unit === lineFeed) this.lineFeeds++;
      const isSpace = spaces[unit] === 1;
      if (!isSpace && !this.isWithinWord) this.words++;
      this.isWithinWord = !isSpace;
      this.last = unit;
    }
    this.units += text.length;
    return [this.codes, count];
  }

  all(): Pick<PreparedText, "length" | "units" | "words" | "lines" | "distinctCharacters" | "blocks"> {
    const { length, units, words, lineFeeds, last, distinctCharacters, blocks } = this;
    const lines = lineFeeds + (last === lineFeed ? 0 : 1);
    return { length, units, words, lines, distinctCharacters, blocks };
  }
}

function grown(seen: Uint8Array, code: number): Uint8Array {
  const larger = new Uint8Array(2 * Math.max(seen.length, code + 1));
  larger.set(seen);
  return larger;
}
