/** Where the networks are that a name means: a run's name, `pretrained`, a folder or a file. */
import path from "node:path";
import { exists } from "../../base/files/exists";

/** The network that comes with the project. */
export const pretrainedFile = path.resolve(__dirname, "../../../pretrained/poet.palimpsest");

/** Where runs are that are named without a folder. */
export const runs = path.join("data", "runs");

/**
 * The folder of a run: a name alone is that of one in data/runs.
 *
 * @example runFolder("poet") // "data/runs/poet"
 * @example runFolder("./poet") // "./poet"
 */
export function runFolder(name: string): string {
  return /[/\\]/.test(name) ? name : path.join(runs, name);
}

/** The folder of the run or of the checkpoint, or the file of the model, that a name means. */
export async function modelPlace(name: string): Promise<string> {
  if (name === "pretrained") return pretrainedFile;
  const run = runFolder(name);
  return (await exists(run)) || !(await exists(name)) ? run : name;
}
