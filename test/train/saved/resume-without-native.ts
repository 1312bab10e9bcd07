/**
 * Goes on from a checkpoint and prints where it stands, for a process without native TensorFlow:
 * `resume-without-native.ts <run>`.
 */
import { resumeTraining } from "../../../lib/train/saved/checkpoint";
import { runtime } from "../../../lib/network/tensorflow";
import { smallLibrary } from "../small";

async function main(run: string): Promise<void> {
  const { position } = await resumeTraining(run, smallLibrary());
  console.log(JSON.stringify({ kind: runtime.kind, iteration: position.iteration }));
}

void main(process.argv[2]);
