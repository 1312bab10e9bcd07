/** `palimpsest runs`: the runs that there are, and those that were set aside, which it can remove. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Command } from "commander";
import { bytesIn } from "../../lib/base/files/bytes-in";
import { nats } from "../../lib/show/style/numbers";
import { runFolder, runs } from "../../lib/train/saved/places";
import { checkpointsIn } from "../../lib/train/saved/run-folder";
import { clearRunsAside, megabytes } from "../../lib/train/saved/runs-aside";
import { lossAt } from "../../lib/train/validation/best";
import { table } from "../lines";
import { print, printJson, say } from "../output";

export function runsCommand(): Command {
  return new Command("runs")
    .description("list the runs, or remove those that were set aside for another of the same name")
    .argument("[run]", "a run, a name in data/runs or a folder (default: all in data/runs)")
    .option("--clear", "remove what was set aside, NAME.before-1 and so on; the runs themselves stay")
    .option("--json", "as one JSON document")
    .addHelpText("after", "\nExamples:\n  palimpsest runs\n  palimpsest runs poet --clear")
    .action(act);
}

async function act(
  run: string | undefined,
  { clear, json }: { clear?: boolean; json?: boolean },
): Promise<void> {
  if (clear) return clearAside(run, json);
  const found = await listed(run);
  if (json) return printJson(found);
  if (found.length === 0) return say(`There is no run in ${run ?? runs}.`);
  const rows = found.map(({ folder, iteration, validation, bytes }) => [
    folder,
    `iteration ${iteration.toLocaleString("en")}`,
    validation === null ? "" : `best in validation ${nats(validation)}`,
    megabytes(bytes),
  ]);
  await print(table(rows));
}

async function clearAside(run: string | undefined, json?: boolean): Promise<void> {
  const gone = await clearRunsAside(run);
  if (json) return printJson(gone);
  if (gone.length === 0) return say(`Nothing is set aside${run === undefined ? "" : ` of ${run}`}.`);
  await print(table(gone.map(({ folder, bytes }) => [`removed ${folder}`, megabytes(bytes)])));
}

/** A run and what was set aside for it, or all; how far each is. */
async function listed(run: string | undefined) {
  const { bestFirst, readable } =
    require("../../lib/train/saved/checkpoint-choice") as typeof import("../../lib/train/saved/checkpoint-choice");
  const parent = run === undefined ? runs : path.dirname(runFolder(run));
  const own = run === undefined ? "" : path.basename(runFolder(run));
  const names = (await readdir(parent).catch((): string[] => [])).filter(
    (name) => run === undefined || name === own || (name.startsWith(`${own}.before-`) && /-\d+$/.test(name)),
  );
  const found = names.sort().map(async (name) => {
    const folder = path.join(parent, name);
    const checkpoints = readable(await checkpointsIn(folder).catch((): string[] => []));
    const newest = checkpoints.at(-1);
    if (!newest) return [];
    const [best] = bestFirst(checkpoints);
    const { iteration } = newest.manifest.position;
    return [{ folder, iteration, validation: lossAt(best.manifest.position), bytes: await bytesIn(folder) }];
  });
  return (await Promise.all(found)).flat();
}
