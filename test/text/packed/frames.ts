/** Zstandard frames made by hand, of blocks that are stored or one byte again and again (RFC 8878). */
import { Xxh64 } from "../../../lib/text/packed/xxh64";

export interface FrameOptions {
  readonly checksum?: boolean;
  /** What the header tells of the size; nothing by default. */
  readonly contentSize?: number;
  /** The window's exponent, 10 or more, in the header; with it the frame is not one segment. */
  readonly windowLog?: number;
  readonly dictionary?: number;
}

/** One byte so many times. */
export interface Run {
  readonly byte: string;
  readonly times: number;
}

export type Block = string | Run;

export function frame(
  blocks: readonly Block[],
  { checksum = true, contentSize, windowLog = 17, dictionary }: FrameOptions = {},
): Buffer {
  const descriptor =
    (contentSize === undefined ? 0 : 0b10000000) |
    (checksum ? 0b100 : 0) |
    (dictionary === undefined ? 0 : 0b11);
  const header = [0x28, 0xb5, 0x2f, 0xfd, descriptor, (windowLog - 10) << 3];
  const numbers = [dictionary, contentSize].filter((number) => number !== undefined);
  const hash = new Xxh64();
  const body = blocks.map((block, index) => {
    const isRun = typeof block !== "string";
    const content = Buffer.from(isRun ? block.byte : block);
    hash.update(isRun ? Buffer.alloc(block.times, block.byte) : content);
    const size = isRun ? block.times : content.length;
    return Buffer.concat([
      threeBytes((size << 3) | (isRun ? 0b10 : 0) | Number(index === blocks.length - 1)),
      content,
    ]);
  });
  const end = checksum ? [fourBytes(Number(hash.digest() & 0xffffffffn))] : [];
  return Buffer.concat([Buffer.from(header), ...numbers.map(fourBytes), ...body, ...end]);
}

/** A frame of something else than content, as pzstd writes them. */
export function skippable(content: string): Buffer {
  return Buffer.concat([
    Buffer.from([0x50, 0x2a, 0x4d, 0x18]),
    fourBytes(content.length),
    Buffer.from(content),
  ]);
}

function threeBytes(number: number): Buffer {
  return fourBytes(number).subarray(0, 3);
}

function fourBytes(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}
