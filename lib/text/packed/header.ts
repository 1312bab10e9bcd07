/** What a Zstandard frame says of itself before its blocks (RFC 8878, 3.1.1.1). */

/** The most bytes that a block holds (3.1.1.2.4). */
export const largestBlock = 2 ** 17;

export interface FrameHeader {
  /** How far back the frame looks into what it holds, in bytes. */
  readonly window: number;
  /** Bytes that the frame holds, where it says so. */
  readonly contentSize: number | undefined;
  readonly hasChecksum: boolean;
}

export function isFrame(bytes: Uint8Array): boolean {
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
}

/** Whether a frame begins that holds something else than content, as pzstd writes them (RFC 8878, 3.1.2). */
export function isSkippable(bytes: Uint8Array): boolean {
  return bytes[0] >> 4 === 5 && bytes[1] === 0x2a && bytes[2] === 0x4d && bytes[3] === 0x18;
}

/** Bytes of a header behind its first one, the descriptor. */
export function headerLength(descriptor: number): number {
  const { isOneSegment, dictionaryBytes, sizeBytes } = fields(descriptor);
  return (isOneSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
}

/**
 * @param rest what stands behind the descriptor, `headerLength` bytes
 * @throws where a bit is set that none may set, and where the frame wants a dictionary
 */
export function frameHeader(descriptor: number, rest: Uint8Array): FrameHeader {
  if (descriptor & 0b1000) throw new Error("is damaged: its header has a reserved bit");
  const { isOneSegment, dictionaryBytes, sizeBytes } = fields(descriptor);
  const sizeAt = rest.length - sizeBytes;
  if (numberIn(rest.subarray(sizeAt - dictionaryBytes, sizeAt)) !== 0)
    throw new Error("was packed with a dictionary, which is not here: pack it again without one");
  const size = numberIn(rest.subarray(sizeAt)) + (sizeBytes === 2 ? 256 : 0);
  return {
    window: isOneSegment ? size : windowOf(rest[0]),
    contentSize: sizeBytes > 0 ? size : undefined,
    hasChecksum: (descriptor & 0b100) !== 0,
  };
}

/** A header that says no more than a window of at least so many bytes. */
export function plainHeader(bytes: number): Uint8Array {
  let window = 0;
  while (windowOf(window) < bytes) window++;
  return Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, window);
}

/** Of bytes, the lowest first. */
export function numberIn(bytes: Uint8Array): number {
  return bytes.reduceRight((number, byte) => number * 256 + byte, 0);
}

function fields(descriptor: number) {
  const isOneSegment = (descriptor & 0b100000) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 0b11];
  const sizeBytes = [isOneSegment ? 1 : 0, 2, 4, 8][descriptor >> 6];
  return { isOneSegment, dictionaryBytes, sizeBytes };
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 0b111);
}
