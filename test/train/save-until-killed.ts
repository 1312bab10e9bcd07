/** A process that writes checkpoints as fast as it can, until it is killed: `save-until-killed.ts <run folder>`. */
import { saveCheckpoint } from "../../lib/train/checkpoint";
import { Training } from "../../lib/train/training";
import { smallLibrary, smallParams } from "./small";

async function main(folder: string): Promise<void> {
  const training = await Training.start(smallLibrary(), { ...smallParams, neurons: 64 });
  for (;;) {
    training.position.iteration += 1;
    await saveCheckpoint(training, folder, 2);
    if (training.position.iteration === 1) process.stdout.write("saving\n");
  }
}

void main(process.argv[2]);
