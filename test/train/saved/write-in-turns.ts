/**
 * One of two processes that want to write the same run, until it is killed: `write-in-turns.ts <run folder>`. It goes on with
 * the run as soon as it is let, tells of each checkpoint once that stands, and after some of them leaves the run to the other.
 */
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { resumeTraining } from "../../../lib/train/saved/checkpoint";
import { checkpointsIn } from "../../../lib/train/saved/run-folder";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { smallLibrary, smallParams } from "../small";

async function main(run: string): Promise<void> {
  const params = { ...smallParams, neurons: 64, iterations: 1_000_000 };
  if (!process.stdout.write("ready\n")) await once(process.stdout, "drain");
  for (;;) {
    try {
      const isBegun = (await checkpointsIn(run)).length > 0;
      const training = isBegun
        ? await resumeTraining(run, smallLibrary(), params)
        : await Training.start(smallLibrary(), params);
      const options = { checkpoints: run, checkpointEvery: 1, keep: 2, sampleEvery: 0, validateEvery: 0 };
      let saved = 0;
      for await (const event of train(training, options)) {
        if (event.type === "checkpoint") process.stdout.write(`${event.iteration}\n`);
        if (event.type === "checkpoint" && ++saved === 5) break;
      }
      training.dispose();
    } catch (error) {
      if (!(error as Error).message.includes("the only writer of the run")) throw error;
      process.stdout.write("refused\n");
    }
    await setTimeout(5 * Math.random());
  }
}

main(process.argv[2]).catch((error: unknown) => {
  process.stdout.write(`failed: ${String(error)}\n`);
});
