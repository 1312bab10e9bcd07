/** Reads the records of an index that may be blocks of a sample, and finds the matches by them. */
import { rankOf } from "../../base/lines";
import { hashesOfAll, layoutFor } from "../blocks";
import { extend } from "../matches";
import type { Matches } from "../passages";
import {
  edgeCode,
  otherCode,
  recordLayout,
  type Header,
  type IndexFile,
  type RecordLayout,
} from "./index-format";
import { IndexMatches } from "./index-matches";
import type { Paged } from "./paged";

/** Records that may be looked at however few the texts are. */
const allowance = 1_000_000;

/** Bytes of records that are read in one go. */
const batch = 2 ** 18;

/** What of a text is read around a block, at first. */
const look = 128;

// An imported name is looked up each time it is used, which costs much where that is often.
const other = otherCode;

export class IndexRecords {
  private readonly layout: RecordLayout;
  private readonly records: Paged;
  private readonly compared: Paged;
  /** Where the records with some upper bits of the hash begin: [2 ^ directoryBits + 1]. */
  private readonly directory: Uint32Array;
  private readonly firstBlocks: readonly number[];
  /** Where records are read to, and the same as numbers. */
  private readonly bytes: Uint8Array;
  private readonly numbers: Uint32Array;
  /** The code of each UTF-16 unit: [65536]. */
  private readonly codes = new Uint8Array(0x10000).fill(other);

  constructor(
    { directory, records, compared }: Record<IndexFile, Paged>,
    private readonly header: Header,
  ) {
    this.layout = recordLayout(layoutFor(header.minLength));
    this.directory = directory.all();
    this.numbers = new Uint32Array(this.layout.size * Math.ceil(batch / (4 * this.layout.size)));
    this.bytes = new Uint8Array(this.numbers.buffer);
    this.firstBlocks = header.texts.map(({ firstBlock }) => firstBlock);
    header.alphabet.forEach((unit, index) => (this.codes[unit] = index + 1));
    this.records = records;
    this.compared = compared;
  }

  /**
   * The matches of a sample with each text, but for those that lie in longer ones; `undefined` where so many records may
   * be of its blocks that the texts are read sooner.
   *
   * @param minLength at least that of the index
   */
  matches(sample: string, minLength: number): Matches[] | undefined {
    const { stride, block, codes } = this.layout;
    const own = new Uint8Array(stride + sample.length + codes).fill(edgeCode);
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
    const found = new IndexMatches(sample.length, this.layout);
    if (!found.holds(this.header.blocks)) return undefined;
    const query = { sample, own, fours: foursOf(own), others: this.othersIn(sample), minLength, found };
    for (const [bucket, some] of [...places].sort(([one], [other]) => one - other)) {
      this.lookUp(bucket, some, query);
      if (found.isFull) return undefined;
    }
    found.join(minLength, (place, number) => this.read(query, place, number));
    return this.inOrder(found);
  }

  /** The longest matches of each text by where they stand in it. */
  private inOrder(found: IndexMatches): Matches[] {
    const { stride } = this.layout;
    const matches = this.firstBlocks.map((): [number, number, number][] => []);
    found.forEachLongest((start, end, place, number) => {
      const text = this.textOf(number);
      matches[text].push([start, end, (number - this.firstBlocks[text]) * stride - place + start]);
    });
    return matches.map((some) => some.sort(([, , one], [, , other]) => one - other).flat());
  }

  private othersIn(sample: string): Uint32Array {
    const others = new Uint32Array(sample.length + 1);
    for (let at = 0; at < sample.length; at++) {
      others[at + 1] = others[at] + (this.codes[sample.charCodeAt(at)] === other ? 1 : 0);
    }
    return others;
  }

  private textOf(number: number): number {
    return rankOf(this.firstBlocks, number) - 1;
  }

  /** Compares some places of the sample with each record with some upper bits. */
  private lookUp(bucket: number, places: readonly number[], query: Query): void {
    const { numbers, bytes } = this;
    const { size, stride } = this.layout;
    const { fours } = query;
    const most = numbers.length / size;
    const end = this.directory[bucket + 1];
    for (let first = this.directory[bucket]; first < end; first += most) {
      const count = Math.min(most, end - first);
      this.records.file.readInto(bytes, 4 * size * first, 4 * size * count);
      for (let record = 0; record < count * size; record += size) {
        const at = 4 * record + 4;
        const four = numbers[(at + stride) >>> 2];
        for (const place of places) {
          if (fours[place + stride] === four) this.compare(query, place, at);
        }
      }
    }
  }

  /**
   * Looks for what the record whose codes begin at `at` shows of a match at a place of the sample. A code that stands for
   * several characters shows nothing; there the text is read, and where it may be within a pair of surrogates.
   */
  private compare(query: Query, place: number, at: number): void {
    const { sample, own, fours, others, minLength, found } = query;
    const { bytes, numbers } = this;
    const { stride, block, codes } = this.layout;
    const [mine, its] = [place + stride, at + stride]; // where the block begins in the codes
    for (let index = 0; index < block; index += 4) {
      if (fours[mine + index] !== numbers[(its + index) >>> 2]) return;
    }
    const mostBefore = Math.min(stride, place);
    let before = 0;
    while (before + 4 <= mostBefore && fours[mine - before - 4] === numbers[(its - before - 4) >>> 2])
      before += 4;
    while (before < mostBefore && own[mine - before - 1] === bytes[its - before - 1]) before++;
    const mostAfter = Math.min(codes - stride, sample.length - place);
    let after = block;
    while (after + 4 <= mostAfter && fours[mine + after] === numbers[(its + after) >>> 2]) after += 4;
    while (after < mostAfter && own[mine + after] === bytes[its + after]) after++;
    const [start, end] = [place - before, place + after];
    const showsStart = before < stride;
    const showsEnd = after < codes - stride || end === sample.length;
    if (showsStart && showsEnd && before + after < minLength) return;
    const isSure = others[start] === others[end];
    const splitsStart = isHalf(sample, start);
    const splitsEnd = isHalf(sample, end - 1);
    if (isSure && !splitsStart && !splitsEnd) found.know(start, end);
    const number = this.numbers[(at >>> 2) - 1];
    if (!isSure || (showsStart && splitsStart) || (showsEnd && splitsEnd)) {
      if (!showsStart) found.doubt(place, number);
      if (showsStart || !isSure) this.read(query, place, number);
    } else if (!showsStart) {
      if (showsEnd) found.end(place, number, after);
    } else if (showsEnd) {
      found.add(start, end, place, number);
    } else {
      found.begin(place, number, before);
    }
  }

  /** Reads as much of a text as is needed to see where a match ends. */
  private read({ sample, minLength, found }: Query, place: number, number: number): void {
    const { stride, block } = this.layout;
    const text = this.textOf(number);
    const at = (number - this.firstBlocks[text]) * stride;
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
          if (!isOpen) found.add(start, end, place, number);
        },
      });
      if (!isOpen) return;
    }
  }
}

/** A sample that is looked up. */
interface Query {
  readonly sample: string;
  /** Its codes, with edges of a stride before it and of a record behind it. */
  readonly own: Uint8Array;
  /** Four codes from each place on as one number, as records have them. */
  readonly fours: Uint32Array;
  /** How many characters of the sample before each place have no code of their own: [length + 1]. */
  readonly others: Uint32Array;
  readonly minLength: number;
  readonly found: IndexMatches;
}

/** Four bytes from each place on as one number: [bytes - 3]. */
function foursOf(bytes: Uint8Array): Uint32Array {
  const fours = new Uint32Array(bytes.length - 3);
  for (let phase = 0; phase < 4; phase++) {
    const some = new Uint32Array(bytes.slice(phase).buffer, 0, (bytes.length - phase) >>> 2);
    some.forEach((four, index) => (fours[4 * index + phase] = four));
  }
  return fours;
}

/** Whether a place may be one of the two halves of a surrogate pair. */
function isHalf(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xf800) === 0xd800;
}
