/**
 * The bytes of a network's file: the eight letters "palimps2", the length of the head (32 bits, little-endian), the head as JSON
 * in UTF-8, the weights one after the other in the order of `specs`, and the CRC-32 of all of that (32 bits), little-endian.
 * Files of before there was a checksum begin with "palimps1", and end with their weights.
 */
import { BrokenFile, crc32 } from "../../base/files/checksum";
import { fromHalf, halfFrom } from "../../network/half-precision";
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
  readonly precision: "fp32" | "fp16";
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

const remedy = "Download or copy it again from where it came, or save it anew.";

/**
 * A file of a head and its weights.
 *
 * @throws where a weight is no finite number, or too large for half precision
 */
export function bytesOf(
  head: Head,
  weights: readonly { readonly name: string; readonly values: Float32Array }[],
): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const numbers = weights.map(({ name, values }) => numberBytes(name, values, head.precision));
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

function numberBytes(name: string, values: Float32Array, precision: Head["precision"]): Uint8Array {
  if (!values.every(Number.isFinite))
    throw new Error(
      `Expected weights that are finite numbers in ${name}, got others: the training has diverged; go on from an earlier checkpoint`,
    );
  if (precision === "fp32") return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (values.some((value) => Math.abs(value) > 65_504))
    throw new Error(`Expected weights up to 65,504 in ${name}, got larger ones: save with precision "fp32"`);
  return new Uint8Array(halfFrom(values).buffer);
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
  if (end > content.length) throw new BrokenFile(file, "it ends early", remedy);
  if (end > mostOfHead) throw new BrokenFile(file, `it claims a head of ${end} bytes`, remedy);
  if (format === "2") {
    const sumAt = content.length - sumSize;
    if (end > sumAt || view.getUint32(sumAt, true) !== crc32(content.subarray(0, sumAt)))
      throw new BrokenFile(file, "its checksum does not fit: some of it is damaged or missing", remedy);
  }
  let head: Head;
  try {
    head = JSON.parse(textOf(content, headStart, end)) as Head;
  } catch {
    throw new BrokenFile(file, "its head is no JSON", remedy);
  }
  if (String(head?.format) !== format) throw new BrokenFile(file, "its head is of another format", remedy);
  return { head, end };
}

function textOf(content: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(content.subarray(start, end));
}

/** The weights one after the other, behind which there is at most a checksum. */
export function numbersOf(
  content: Uint8Array,
  { format, precision, specs }: Head,
  file: string,
): Float32Array {
  const count = countOf(specs, file);
  const bytes = count * (precision === "fp16" ? 2 : 4);
  if (content.length !== bytes + (format === 2 ? sumSize : 0))
    throw new BrokenFile(file, `it has ${content.length} bytes of weights instead of ${bytes}`, remedy);
  const { buffer } = new Uint8Array(content.subarray(0, bytes)); // a copy, from a place where numbers may begin
  return precision === "fp16" ? fromHalf(new Uint16Array(buffer)) : new Float32Array(buffer);
}
