/**
 * One of two processes that want to write the same run, until it is killed: `write-in-turns.ts <run folder>`. Once it hears
 * something it goes on with the run as soon as it is let, tells of each checkpoint once that stands, and after some of them
 * leaves the run to the other: sometimes soon enough for one that waits, sometimes after that was refused.
 */
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { resumeTraining } from "../../../lib/train/saved/checkpoint";
import { checkpointsIn } from "../../../lib/train/saved/run-folder";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { digestOf, endlessParams, smallLibrary } from "../small";

async function main(run: string): Promise<void> {
  process.stdout.write("ready\n");
  await once(process.stdin, "data");
  process.stdin.once("end", () => process.exit()).resume(); // Nobody is left who would kill it.
  for (;;) {
    try {
      const isBegun = (await checkpointsIn(run)).length > 0;
      const training = isBegun
        ? await resumeTraining(run, smallLibrary(), endlessParams)
        : await Training.start(smallLibrary(), endlessParams);
      const options = { checkpoints: run, checkpointEvery: 1, keep: 2, sampleEvery: 0, validateEvery: 0 };
      let more = Math.ceil(80 * Math.random());
      for await (const event of train(training, options)) {
        if (event.type === "checkpoint") process.stdout.write(`${event.iteration} ${digestOf(training)}\n`);
        if (event.type === "checkpoint" && --more === 0) break;
      }
      training.dispose();
    } catch (error) {
      if (!(error as Error).message.includes("the only writer of the run")) throw error;
      process.stdout.write("refused\n");
    }
    await setTimeout(20 * Math.random());
  }
}

main(process.argv[2]).catch((error: unknown) => {
  process.stdout.write(`failed: ${String(error)}\n`);
});
