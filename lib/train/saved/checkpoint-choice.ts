/** Which checkpoint of a run is read: the best or the newest one, or where that is broken the next, with a warning. */
import { existsSync } from "node:fs";
import { BrokenFile } from "../../base/files/checksum";
import { lossAt } from "../validation/best";
import { readManifest, type Manifest } from "./checkpoint-files";
import { checkpointsIn } from "./run-folder";
import { NoNumbers } from "./tensor-files";

export interface Readable {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The checkpoints that say of themselves what they are; `onBroken` is told of the others. */
export function readable(
  folders: readonly string[],
  onBroken: (folder: string, error: Error) => void = () => undefined,
): Readable[] {
  return folders.flatMap((folder) => {
    try {
      return [{ folder, manifest: readManifest(folder) }];
    } catch (error) {
      if (!isBroken(error)) throw error;
      onBroken(folder, error);
      return [];
    }
  });
}

/**
 * By the validation loss of their weights, the lowest first; the newest first where they are equal, and last those
 * without one.
 */
export function bestFirst(checkpoints: readonly Readable[]): Readable[] {
  const loss = ({ manifest }: Readable) => lossAt(manifest.position) ?? Infinity;
  return newestFirst(checkpoints).sort((one, other) =>
    loss(one) === loss(other) ? 0 : loss(one) - loss(other),
  );
}

export function newestFirst(checkpoints: readonly Readable[]): Readable[] {
  return [...checkpoints].reverse();
}

/**
 * What is read from a checkpoint, or from the first of a run that is whole, in some order; with a warning for each that was
 * passed over.
 */
export async function firstWhole<Result>(
  place: string,
  order: (checkpoints: readonly Readable[]) => Readable[],
  read: (checkpoint: string, manifest: Manifest) => Promise<Result>,
  onBroken: (checkpoint: string) => void = () => undefined,
): Promise<Result> {
  const all = await checkpointsIn(place);
  if (all.length === 0) return read(place, readManifest(place));
  const errors: Error[] = [];
  let removed = 0; // By a training that saves itself there meanwhile, and has newer ones.
  const passOver = (checkpoint: string, error: Error) => {
    if (!existsSync(checkpoint)) {
      removed++;
      return;
    }
    errors.push(error);
    onBroken(checkpoint);
  };
  for (const { folder, manifest } of order(readable(all, passOver))) {
    try {
      const result = await read(folder, manifest);
      for (const { message } of errors)
        process.emitWarning(`${message} Read instead: ${folder}`, "Palimpsest");
      return result;
    } catch (error) {
      if (!isBroken(error)) throw error;
      passOver(folder, error);
    }
  }
  if (removed) return firstWhole(place, order, read, onBroken);
  throw new Error(`Expected a whole checkpoint in ${place}, found none: ${errors.map(String).join(" ")}`);
}

function isBroken(error: unknown): error is Error {
  return error instanceof BrokenFile || error instanceof NoNumbers;
}
