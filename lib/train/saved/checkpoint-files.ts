/**
 * The two files of a checkpoint, which is a folder that needs nothing else:
 *
 * - `checkpoint.json`: params, vocabulary, labels, position, history, the texts with their hashes, what the other file holds,
 *   and a checksum of each;
 * - `weights.bin`: the weights in Keras' layout, the memory of Adam, the carried hidden state, as 32-bit floats.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { completeParams, type Params } from "../params";
import { tf, type NamedTensors, type WeightSpecs } from "../../network/tensorflow";
import { BrokenFile, crc32, digits, seal, unseal } from "../../base/files/checksum";
import type { Label } from "../../text/labels";
import { readOwn } from "../../base/files/read-safely";
import type { SavedVocabulary } from "../../text/tokens/vocabulary";
import type { Fingerprint } from "./checkpoint-fit";
import { noSuchRun } from "./no-such-run";
import { isCheckpoint, writeFolder } from "./run-folder";
import { checkNumbers, countOf, tensorsOf } from "./tensor-files";
import type { Position } from "../position";

export interface Manifest {
  /** 1: written before there were checksums. */
  readonly format: 1 | 2;
  readonly params: Params;
  readonly vocabulary: SavedVocabulary;
  /** Absent in checkpoints from before there were labels. */
  readonly labels?: readonly Label[];
  readonly position: Position;
  /** The validation loss of these weights, in nats a token; null where they were not validated. Before, the newest there was. */
  readonly validation: number | null;
  readonly texts: readonly Fingerprint[];
  readonly specs: WeightSpecs;
  /** Of the other file; absent in format 1. */
  readonly weights?: { readonly bytes: number; readonly crc32: string };
}

/** Bytes of a `checkpoint.json`: a hundred times what a long history takes. */
const mostOfManifest = 2 ** 28;

const remedy = "Go on with the checkpoint before it, or copy it again from where it came.";

/** Writes the folder of a checkpoint, whole or not at all. */
export async function writeCheckpoint(
  folder: string,
  manifest: Omit<Manifest, "format" | "specs" | "weights">,
  tensors: NamedTensors,
): Promise<void> {
  const { data, specs } = await tf.io.encodeWeights(tensors);
  const bytes = new Uint8Array(data);
  const weights = { bytes: bytes.length, crc32: digits(crc32(bytes)) };
  const whole: Manifest = { format: 2, ...manifest, specs, weights };
  await writeFolder(folder, { "checkpoint.json": seal(whole), "weights.bin": bytes });
}

/**
 * What a checkpoint says of itself.
 *
 * @throws BrokenFile where it is not as it was written; another error where there is none
 */
export function readManifest(checkpoint: string): Manifest {
  const file = path.join(checkpoint, "checkpoint.json");
  if (!existsSync(file) && !isCheckpoint(path.basename(checkpoint))) throw noSuchRun(checkpoint);
  const bytes = readOwn(file, remedy, { most: mostOfManifest });
  // Format 1, which has no checksum, begins in its own way; the number itself may be what is damaged in format 2.
  const isOld = bytes.toString("latin1", 0, 12) === '{"format":1,' && bytes.indexOf(',"crc32":"') < 0;
  const manifest = (isOld ? parsed(bytes, file) : unseal(bytes, file, remedy)) as Manifest;
  if (manifest?.format !== 1 && manifest?.format !== 2)
    throw new BrokenFile(file, "it is of a format that this palimpsest does not know", remedy);
  const { position, texts } = manifest;
  const isWhole =
    Number.isSafeInteger(position?.iteration) &&
    position.iteration >= 0 &&
    isListWith(position.history, "type") &&
    isListWith(texts, "sha256");
  if (!isWhole) throw new BrokenFile(file, "it lacks what a checkpoint says", remedy);
  try {
    // What did not exist yet when it was written has its default.
    return { ...manifest, params: completeParams(manifest.params) };
  } catch (error) {
    throw new BrokenFile(file, `its params are none: ${(error as Error).message}`, remedy);
  }
}

/** Whether it is a list of objects that have a property, which is a text. */
function isListWith(list: unknown, property: string): boolean {
  return (
    Array.isArray(list) &&
    list.every((one: Record<string, unknown> | null) => typeof one?.[property] === "string")
  );
}

function parsed(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new BrokenFile(file, "it is no JSON", remedy);
  }
}

/**
 * The tensors of a checkpoint; the caller disposes of them.
 *
 * @throws BrokenFile where they are not as they were written, or hold values that are no numbers
 */
export function readTensors(checkpoint: string, { specs, weights }: Manifest): NamedTensors {
  const file = path.join(checkpoint, "weights.bin");
  const bytes = readOwn(file, remedy, {
    bytes: 4 * countOf(specs, path.join(checkpoint, "checkpoint.json")),
  });
  if (weights && digits(crc32(bytes)) !== weights.crc32)
    throw new BrokenFile(file, "its checksum does not fit: some of it is damaged", remedy);
  const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  checkNumbers(numbers, specs, file);
  return tensorsOf(numbers, specs);
}
