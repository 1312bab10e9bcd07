/** Reads the records of an index that may be blocks of a sample, and finds the matches by them. */
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import path from "node:path";
import { rankOf } from "../text/lines";
import { hashesOfAll, layoutFor } from "./blocks";
import { extend, type Match } from "./matches";
import type { Matches } from "./passages";
import {
  decodeUnits,
  edgeCode,
  otherCode,
  recordLayout,
  type Header,
  type RecordLayout,
  type Stored,
} from "./index-format";

/** Records that may be looked at however few the texts are. */
const allowance = 1_000_000;

/** How many matches at most are put in order: as many as a number can tell apart beside their places. */
const mostMatches = 2 ** 20;

/** Bytes of records that are read in one go. */
const batch = 2 ** 18;

/** What of a text is read around a block, at first. */
const look = 128;

// An imported name is looked up each time it is used, which in the innermost loops costs more than all the rest.
const edge = edgeCode;
const other = otherCode;

/** A file of an index, of which pieces are read. */
export class Paged {
  private readonly descriptor: number;

  constructor(readonly file: string) {
    this.descriptor = openSync(file, "r");
  }

  /** Fills `into` from a place of the file on. */
  read(into: Uint8Array, at: number): void {
    for (let done = 0; done < into.length;) {
      const count = readSync(this.descriptor, into, done, into.length - done, at + done);
      if (count === 0)
        throw new Error(`Expected ${into.length} bytes at ${at} in ${this.file}, found its end`);
      done += count;
    }
  }

  /** The characters from one place of a stored text up to another. */
  text({ at, width }: Stored, from: number, to: number): string {
    const bytes = Buffer.allocUnsafe((to - from) * width);
    this.read(bytes, at + from * width);
    return decodeUnits(bytes, width);
  }

  numbers({ at, length, width }: Stored): Uint32Array {
    const numbers = new Uint32Array(length);
    this.read(new Uint8Array(numbers.buffer), at);
    return numbers.subarray(0, (length * 4) / width);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

export class IndexRecords {
  private readonly layout: RecordLayout;
  private readonly records: Paged;
  private readonly compared: Paged;
  /** Where the records with some upper bits of the hash begin: [2 ^ directoryBits + 1]. */
  private readonly directory: Uint32Array;
  private readonly firstBlocks: readonly number[];
  /** The code of each UTF-16 unit: [65536]. */
  private readonly codes = new Uint8Array(0x10000).fill(other);

  constructor(
    folder: string,
    private readonly header: Header,
  ) {
    this.layout = recordLayout(layoutFor(header.minLength));
    const bytes = readFileSync(path.join(folder, "directory"));
    this.directory = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    this.firstBlocks = header.texts.map(({ firstBlock }) => firstBlock);
    header.alphabet.forEach((unit, index) => (this.codes[unit] = index + 1));
    this.records = new Paged(path.join(folder, "records"));
    this.compared = new Paged(path.join(folder, "compared"));
  }

  close(): void {
    this.records.close();
    this.compared.close();
  }

  /**
   * The matches of a sample with each text, or `undefined` where so many records may be of its blocks that the texts are
   * read sooner.
   *
   * @param minLength at least that of the index
   */
  matches(sample: string, minLength: number): Matches[] | undefined {
    const { stride, block, codes } = this.layout;
    const own = new Uint8Array(stride + sample.length + codes).fill(edge);
    for (let at = 0; at < sample.length; at++) own[stride + at] = this.codes[sample.charCodeAt(at)];
    const letters = Buffer.from(own.subarray(stride, stride + sample.length)).toString("latin1");
    const shift = 32 - this.header.directoryBits;
    const places = new Map<number, number[]>();
    let records = 0;
    hashesOfAll(letters, block).forEach((hash, place) => {
      const bucket = hash >>> shift;
      records += this.directory[bucket + 1] - this.directory[bucket];
      const others = places.get(bucket);
      if (others) others.push(place);
      else places.set(bucket, [place]);
    });
    if (records > allowance + this.header.blocks) return undefined;
    const found = new Found(this.header.texts.length);
    for (const [bucket, some] of [...places].sort(([one], [other]) => one - other)) {
      this.lookUp(bucket, (bytes, at, number) => {
        for (const place of some) this.compare(sample, { own, place, bytes, at, number, minLength, found });
      });
      if (found.count > mostMatches) return undefined;
    }
    return found.inOrder();
  }

  /** Calls back for each record with some upper bits; its codes begin at `at`. */
  private lookUp(bucket: number, callback: (bytes: Uint8Array, at: number, number: number) => void): void {
    const width = 4 * this.layout.size;
    const most = Math.max(1, Math.floor(batch / width));
    const end = this.directory[bucket + 1];
    for (let first = this.directory[bucket]; first < end; first += most) {
      const count = Math.min(most, end - first);
      const numbers = new Uint32Array(count * this.layout.size);
      const bytes = new Uint8Array(numbers.buffer);
      this.records.read(bytes, first * width);
      for (let index = 0; index < count; index++) {
        callback(bytes, index * width + 4, numbers[index * this.layout.size]);
      }
    }
  }

  /** Looks for the match of a place of the sample and a record, in the text where the record does not show its ends. */
  private compare(sample: string, { own, place, bytes, at, number, minLength, found }: Comparison): void {
    const { stride, block, codes } = this.layout;
    let isSure = true;
    for (let index = stride; index < stride + block; index++) {
      const code = bytes[at + index];
      if (code !== own[place + index]) return;
      if (code === other) isSure = false;
    }
    let before = 0;
    for (; before < stride; before++) {
      const code = own[place + stride - 1 - before];
      if (code === edge || code !== bytes[at + stride - 1 - before]) break;
      if (code === other) isSure = false;
    }
    if (before === stride && isSure) return;
    let after = block;
    for (; after < codes - stride; after++) {
      const code = own[place + stride + after];
      if (code === edge || code !== bytes[at + stride + after]) break;
      if (code === other) isSure = false;
    }
    const showsEnd = after < codes - stride || place + after === sample.length;
    if (showsEnd && before + after < minLength) return;
    const text = rankOf(this.firstBlocks, number) - 1;
    const here = (number - this.firstBlocks[text]) * stride;
    const [start, end] = [place - before, place + after];
    if (isSure && showsEnd && !isHalf(sample, start) && !isHalf(sample, end - 1)) {
      found.add(text, start, end, here - before);
    } else {
      this.read(sample, { place, text, at: here, minLength, match: found.add.bind(found, text) });
    }
  }

  /** Reads as much of a text as is needed to see where a match ends. */
  private read(sample: string, { place, text, at, minLength, match }: Reading): void {
    const { stride, block } = this.layout;
    const { compared } = this.header.texts[text];
    const from = Math.max(0, at - stride - 1);
    for (let more = Math.max(look, minLength + 2); ; more *= 4) {
      const to = Math.min(compared.length, at + block + more);
      let isOpen = false;
      extend(sample, place, this.compared.text(compared, from, to), at - from, {
        minLength,
        layout: this.layout,
        match: (start, end, begin) => {
          isOpen = from + begin + end - start >= to - 1 && to < compared.length && end < sample.length;
          if (!isOpen) match(start, end, from + begin);
        },
      });
      if (!isOpen) return;
    }
  }
}

interface Comparison {
  /** The codes of the sample, with edges of a stride before it and of a record behind it. */
  readonly own: Uint8Array;
  readonly place: number;
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly number: number;
  readonly minLength: number;
  readonly found: Found;
}

interface Reading {
  readonly place: number;
  readonly text: number;
  readonly at: number;
  readonly minLength: number;
  readonly match: Match;
}

/** Matches as they are found, in any order. */
class Found {
  count = 0;
  private readonly matches: number[][];

  constructor(texts: number) {
    this.matches = Array.from({ length: texts }, () => []);
  }

  add(text: number, start: number, end: number, at: number): void {
    this.count++;
    this.matches[text].push(start, end, at);
  }

  /** Those of each text by where they stand in it. */
  inOrder(): Matches[] {
    return this.matches.map((matches) => {
      const keys = Float64Array.from({ length: matches.length / 3 }, (_, index) => {
        return matches[3 * index + 2] * mostMatches + index;
      }).sort();
      const ordered = new Array<number>(matches.length);
      keys.forEach((key, to) => {
        const from = 3 * (key % mostMatches);
        for (let number = 0; number < 3; number++) ordered[3 * to + number] = matches[from + number];
      });
      return ordered;
    });
  }
}

/** Whether a place may be one of the two halves of a surrogate pair. */
function isHalf(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xf800) === 0xd800;
}
