/** A process that writes a run until it is killed: `hold-run.ts <run folder>`. */
import { lockRun } from "../../../lib/train/saved/run-lock";

async function main(run: string): Promise<void> {
  await lockRun(run, () => false);
  process.stdout.write("held\n");
  setInterval(() => undefined, 1000);
}

void main(process.argv[2]);
