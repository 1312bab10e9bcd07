/** Whose a run is: what another training has left in its folder is set aside, and what it has gone on with is refused. */
import path from "node:path";
import type { Training } from "../training";
import { readable } from "./checkpoint-choice";
import { checkpointsIn, iterationOf, putAside, setAside } from "./run-folder";
import { refuseOthers } from "./run-lock";

/**
 * Makes sure that a run's folder is this training's own: checkpoints of another one, or of a later point of this one,
 * are set aside under another name, and broken ones too.
 *
 * @returns the name under which they are now, if there were any
 * @throws where another process trains there, or has gone on with the run since this training was resumed from it
 */
export async function claimRun(training: Training, run: string): Promise<string | undefined> {
  await refuseOthers(run);
  const all = await checkpointsIn(run);
  const whole = readable(all);
  for (const folder of all) if (!whole.some((one) => one.folder === folder)) await putAside(folder);
  if (whole.length === 0) return undefined;
  const { id, iteration } = whole[whole.length - 1].manifest.position;
  const isSame = id === training.position.id;
  const { resumed } = training;
  if (isSame && resumed?.run === path.resolve(run) && iteration > resumed.newest)
    throw new Error(
      `Expected to be the only writer of the run ${run}, but since it was resumed here another training has brought it to ` +
        `iteration ${iteration}: resume it again, or give this training a folder of its own`,
    );
  return isSame && iteration <= training.position.iteration ? undefined : setAside(run);
}

/** The run of a checkpoint, or the run itself, and the newest iteration in it. */
export async function runOf(folder: string): Promise<Training["resumed"]> {
  const inside = await checkpointsIn(folder);
  const run = path.resolve(inside.length > 0 ? folder : path.dirname(folder));
  const newest = inside.at(-1) ?? (await checkpointsIn(run)).at(-1);
  return newest === undefined ? undefined : { run, newest: iterationOf(newest) };
}
