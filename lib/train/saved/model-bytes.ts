/**
 * The bytes of a network's file: the eight letters "palimps2", the length of the head (32 bits, little-endian), the head as JSON
 * in UTF-8, the weights one after the other in the order of `specs`, and the CRC-32 of all of that (32 bits), little-endian.
 * How the numbers of a weight are written is in `lib/network/precision/precisions.ts`. Files of before there was a checksum begin
 * with "palimps1", and end with their weights.
 */
import { echo } from "../../base/echo";
import { BrokenFile, crc32, fetchAgain } from "../../base/files/checksum";
import {
  precisionNames,
  precisions,
  type NamedNumbers,
  type SavedPrecision,
} from "../../network/precision/precisions";
import type { Label } from "../../text/labels";
import type { SavedVocabulary } from "../../text/tokens/vocabulary";
import type { Params } from "../params";
import type { Card } from "./card";
import { countOf, type Spec } from "./tensor-files";

/** What stands before the weights, as JSON. */
export interface Head {
  readonly format: 1 | 2;
  readonly params: Params;
  readonly vocabulary: SavedVocabulary;
  readonly labels: readonly Label[];
  readonly card?: Card;
  readonly precision: SavedPrecision;
  readonly specs: readonly Spec[];
}

/** What a file begins with, but for the digit of its format. */
const magic = "palimps";

/** Where the head begins: behind the magic, the digit and its length. */
const headStart = magic.length + 1 + 4;

/** Bytes of a checksum. */
const sumSize = 4;

/** Bytes of a head: more than a vocabulary of a million words takes. */
const mostOfHead = 2 ** 25;

/**
 * A file of a head and its weights.
 *
 * @throws where a weight is no finite number, or too large for half precision
 */
export function bytesOf(head: Head, weights: readonly NamedNumbers[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const numbers = weights.map((weight) => {
    if (!weight.values.every(Number.isFinite))
      throw new Error(
        `Expected weights that are finite numbers in ${weight.name}, got others: the training has diverged; go on from an earlier checkpoint`,
      );
    return precisions[head.precision].bytesOf(weight);
  });
  const end = numbers.reduce((sum, { length }) => sum + length, headStart + text.length);
  const content = new Uint8Array(end + sumSize);
  const view = new DataView(content.buffer);
  content.set(new TextEncoder().encode(`${magic}2`));
  view.setUint32(headStart - 4, text.length, true);
  let at = headStart;
  for (const part of [text, ...numbers]) {
    content.set(part, at);
    at += part.length;
  }
  view.setUint32(end, crc32(content.subarray(0, end)), true);
  return content;
}

/** Whether a file is from before there were checksums. */
export function lacksChecksum(content: Uint8Array): boolean {
  return content[magic.length] === "1".charCodeAt(0);
}

/**
 * The head of a file, and where it ends.
 *
 * @throws where the bytes are none of these, or are damaged
 */
export function headOf(content: Uint8Array, file: string): { head: Head; end: number } {
  if (content.length < headStart || textOf(content, 0, magic.length) !== magic) {
    throw new Error(`Expected a network in ${file}, as \`saveModel\` writes it, got something else`);
  }
  const format = textOf(content, magic.length, magic.length + 1);
  if (format !== "1" && format !== "2")
    throw new Error(
      `Expected format 2 in ${file}, got ${JSON.stringify(format)}: load it with the palimpsest that wrote it`,
    );
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const end = headStart + view.getUint32(headStart - 4, true);
  if (end > content.length) throw new BrokenFile(file, "it ends early", fetchAgain);
  if (end > mostOfHead) throw new BrokenFile(file, `it claims a head of ${end} bytes`, fetchAgain);
  if (format === "2") {
    const sumAt = content.length - sumSize;
    if (end > sumAt || view.getUint32(sumAt, true) !== crc32(content.subarray(0, sumAt)))
      throw new BrokenFile(file, "its checksum does not fit: some of it is damaged or missing", fetchAgain);
  }
  let head: Head;
  try {
    head = JSON.parse(textOf(content, headStart, end)) as Head;
  } catch {
    throw new BrokenFile(file, "its head is no JSON", fetchAgain);
  }
  if (String(head?.format) !== format)
    throw new BrokenFile(file, "its head is of another format", fetchAgain);
  return { head, end };
}

function textOf(content: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(content.subarray(start, end));
}

/**
 * The weights one after the other, behind which there is at most a checksum.
 *
 * @throws where there are not as many bytes as the head says, before anything is made for them, and where it names a
 *   precision that is none
 */
export function numbersOf(
  content: Uint8Array,
  { format, precision, specs }: Head,
  file: string,
): Float32Array {
  const count = countOf(specs, file);
  if (!precisionNames.includes(precision))
    throw new Error(
      `Expected weights in ${precisionNames.join(", ")} in ${file}, got ${echo(precision)}: load it with the palimpsest that wrote it`,
    );
  const { bytesIn, numbersOf } = precisions[precision];
  const bytes = specs.reduce((sum, { shape }) => sum + bytesIn(shape), 0);
  if (content.length !== bytes + (format === 2 ? sumSize : 0))
    throw new BrokenFile(file, `it has ${content.length} bytes of weights instead of ${bytes}`, fetchAgain);
  const numbers = new Float32Array(count);
  let [at, end] = [0, 0];
  for (const { shape } of specs) {
    const { buffer } = new Uint8Array(content.subarray(end, (end += bytesIn(shape)))); // a copy, from a place where numbers may begin
    const read = numbersOf(buffer, shape);
    numbers.set(read, at);
    at += read.length;
  }
  return numbers;
}
