/** The records of an index, spread over files as they are made: so many that each file fits into memory to be put in order. */
import { hashOf } from "../blocks";
import { edgeCode, otherCode, type RecordLayout } from "./index-format";
import { bytesOf, WrittenFile } from "./written-file";

/** The upper bits of a hash by which records are spread: two to the power of it are the parts. */
export const partBits = 7;

/** Numbers that are gathered for a part before they are written. */
const gathered = 2 ** 13;

/** Blocks whose characters are read in one go. */
const chunk = 2 ** 16;

/** Codes of one byte for the UTF-16 units that are met first. */
export class Codes {
  readonly alphabet: number[] = [];
  private readonly codes = new Uint8Array(0x10000);

  of(unit: number): number {
    if (this.codes[unit] === 0) {
      this.codes[unit] = this.alphabet.length + 1 < otherCode ? this.alphabet.push(unit) : otherCode;
    }
    return this.codes[unit];
  }
}

/**
 * Makes the records of texts and spreads them over files by the upper bits of the hashes of their blocks: a small text
 * needs few.
 */
export class Spread {
  blocks = 0;
  private readonly files: WrittenFile[] = [];
  private readonly waiting: Int32Array[] = [];
  /** Of `waiting`. */
  private readonly room: number;
  private readonly filled: Int32Array;
  private readonly words: Int32Array;

  constructor(
    private readonly names: readonly string[],
    private readonly layout: RecordLayout,
  ) {
    this.room = Math.max(1, Math.floor(gathered / layout.size)) * layout.size;
    this.filled = new Int32Array(names.length);
    this.words = new Int32Array((chunk * layout.stride + layout.codes) / 4);
  }

  /** Adds the blocks of a text. Says now and then how many characters have been read. */
  *add(text: string, codes: Codes): Generator<number> {
    const { layout, words } = this;
    const { block, stride } = layout;
    const bytes = new Uint8Array(words.buffer);
    const count = Math.max(0, Math.floor((text.length - block) / stride) + 1);
    for (let first = 0; first < count; first += chunk) {
      const some = Math.min(chunk, count - first);
      const start = (first - 1) * stride; // A record begins before its block.
      const length = (some - 1) * stride + layout.codes;
      for (let index = 0; index < length; index++) {
        const at = start + index;
        bytes[index] = at >= 0 && at < text.length ? codes.of(text.charCodeAt(at)) : edgeCode;
      }
      for (let index = 0; index < some; index++) this.record((index * stride) >>> 2);
      yield first + some === count ? text.length : (first + some) * stride;
    }
  }

  /** @param at where in `words` the record begins */
  private record(at: number): void {
    const { words, filled, layout } = this;
    const { stride, block, size } = layout;
    const part = hashOf(words, at + (stride >>> 2), block >>> 2) >>> (32 - partBits);
    const waiting = (this.waiting[part] ??= new Int32Array(this.room));
    let to = filled[part];
    waiting[to++] = this.blocks++;
    for (let index = 0; index < size - 1; index++) waiting[to++] = words[at + index];
    filled[part] = to;
    if (to === waiting.length) this.write(part);
  }

  private write(part: number): void {
    if (this.filled[part] === 0) return;
    this.files[part] ??= new WrittenFile(this.names[part]);
    this.files[part].write(bytesOf(this.waiting[part].subarray(0, this.filled[part])));
    this.filled[part] = 0;
  }

  flush(): void {
    for (let part = 0; part < this.names.length; part++) this.write(part);
  }

  close(): void {
    this.files.forEach((file) => file.close());
  }
}
