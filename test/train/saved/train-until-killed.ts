/**
 * A training that reads from disk and saves itself often, until it ends or is killed: `train-until-killed.ts <file>
 * <cache> <run>`.
 */
import { existsSync } from "node:fs";
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { resumeTraining } from "../../../lib/train/saved/checkpoint";
import { checkpointsIn } from "../../../lib/train/saved/run-folder";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { streamedParams } from "../small";

async function main(file: string, cache: string, run: string): Promise<void> {
  const library = await StreamedLibrary.open([file], { cache });
  const isBegun = existsSync(run) && (await checkpointsIn(run)).length > 0;
  const training = isBegun
    ? await resumeTraining(run, library)
    : await Training.start(library, streamedParams);
  const options = { checkpoints: run, checkpointEvery: 1, sampleEvery: 0, validateEvery: 0, logEvery: 1 };
  for await (const event of train(training, options)) {
    if (event.type !== "step") continue;
    process.stdout.write(`${event.iteration}\n`);
  }
}

void main(process.argv[2], process.argv[3], process.argv[4]);
