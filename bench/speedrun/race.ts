/**
 * Trainings side by side: each entrant makes a slice of its steps, is measured on what is held out, and waits while the others
 * do, so that whatever else the machine does meets all of them alike. Only the time of the steps counts.
 */
import type { OnProgress } from "../../lib/base/progress";
import type { Program } from "../program";
import { median } from "../statistics";
import type { Entrant } from "./entrants";

/** Files: all that is learned from, and all that is held out. */
export interface Texts {
  readonly training: string;
  readonly validation: string;
}

/** What a program is asked to train. */
export interface RunOptions {
  /** By which its validation finds it. */
  readonly run: string;
  readonly texts: Texts;
  readonly settings: object;
  readonly precision: Precision;
  readonly seed: number;
  /** The end of the schedule. */
  readonly iterations: number;
  /** Steps that are made at once. */
  readonly slice: number;
}

export interface ValidationOptions {
  readonly run: string;
  /** Characters after which the state begins anew; without it, it is carried along. */
  readonly window?: number;
}

const precisions = ["fp32", "bf16"] as const;

export type Precision = (typeof precisions)[number];

export interface Runner {
  readonly entrant: Entrant;
  readonly program: Pick<Program, "open" | "run" | "close">;
}

/** A training that is over. */
export interface Run {
  readonly name: string;
  readonly seed: number;
  /** The faster one here. */
  readonly precision: Precision;
  readonly weights: number;
  readonly iterations: number;
  /** The loss on all that is held out after so many seconds of steps, in nats a character. */
  readonly points: readonly { readonly seconds: number; readonly loss: number }[];
  /** The loss at the end where the state begins anew after each window. */
  readonly windows: number;
}

export interface RaceOptions {
  readonly texts: Texts;
  /** Of training steps, for each entrant. */
  readonly seconds: number;
  readonly seeds: readonly number[];
  /** How often each is measured, at even distances. */
  readonly checks: number;
  readonly onProgress?: OnProgress;
}

/** Characters of a window where the state begins anew. */
export const windowLength = 256;

/** Steps by which the speed of an entrant is found out, and how often. */
const trial = { slice: 10, times: 3, untimed: 1 };

export async function race(
  runners: readonly Runner[],
  options: RaceOptions,
): Promise<{ readonly runs: readonly Run[]; readonly notices: readonly string[] }> {
  const plans = [];
  const notices: string[] = [];
  for (const runner of runners) {
    options.onProgress?.({
      ...{ label: "Finding out how fast each is", done: plans.length, total: runners.length },
      unit: "entrants",
    });
    plans.push({ ...runner, ...(await plan(runner, options, notices)) });
  }
  const runs: Run[] = [];
  for (const seed of options.seeds) runs.push(...(await together(plans, seed, options)));
  return { runs, notices };
}

type Planned = Runner & { readonly precision: Precision; readonly iterations: number };

/**
 * In which precision an entrant is faster, and how many steps it can make in its time.
 *
 * @param notices is told of a precision that the entrant does not have on this processor
 * @throws where it has none
 */
async function plan(
  { entrant, program }: Runner,
  { texts, seconds, checks }: RaceOptions,
  notices: string[],
): Promise<Pick<Planned, "precision" | "iterations">> {
  const { name, task, settings, share } = entrant;
  const { slice, times, untimed } = trial;
  const timed = [];
  for (const precision of precisions) {
    const run = `${name}, ${precision}`;
    const iterations = slice * (times + untimed);
    await program.open(run, task, { run, texts, settings, precision, seed: 0, iterations, slice });
    try {
      const { milliseconds } = await program.run(run, { times, untimed });
      timed.push({ precision, perStep: median(milliseconds) / slice });
    } catch (error) {
      if (precision === "fp32") throw error;
      notices.push(`Without ${run}: ${(error as Error).message.split("\n")[0]}`);
    }
    await program.close(run);
  }
  const [{ precision, perStep }] = timed.sort((one, other) => one.perStep - other.perStep);
  return { precision, iterations: Math.max(checks, Math.round((1000 * seconds * share) / perStep)) };
}

/** The trainings of one seed, in turns, every other round in the reverse order. */
async function together(plans: readonly Planned[], seed: number, options: RaceOptions): Promise<Run[]> {
  const { texts, checks, onProgress } = options;
  const entries = [];
  for (const planned of plans) {
    const { entrant, program, precision, iterations } = planned;
    const { name, task, settings } = entrant;
    const run = `${name}, seed ${seed}`;
    const slice = Math.ceil(iterations / checks);
    const asked: RunOptions = { run, texts, settings, precision, seed, iterations, slice };
    const { weights } = await program.open(run, task, asked);
    await program.open(`${run}, validation`, "validation", { run } satisfies ValidationOptions);
    const points: { seconds: number; loss: number }[] = [];
    entries.push({
      ...planned,
      run,
      slices: Math.ceil(iterations / slice),
      weights: Number(weights),
      points,
    });
  }
  for (let round = 0; round < checks; round++) {
    onProgress?.({ label: `Seed ${seed}`, done: round, total: checks, unit: "rounds" });
    for (const entry of round % 2 === 0 ? entries : [...entries].reverse()) {
      if (round >= entry.slices) continue;
      const { milliseconds } = await entry.program.run(entry.run, { times: 1 });
      const { result: loss } = await entry.program.run(`${entry.run}, validation`, { times: 1 });
      const before = entry.points.at(-1)?.seconds ?? 0;
      entry.points.push({ seconds: before + milliseconds[0] / 1000, loss });
    }
  }
  const runs: Run[] = [];
  for (const { entrant, program, run, precision, iterations, weights, points } of entries) {
    const windows = `${run}, windows`;
    const window = entrant.task === "gpt" ? entrant.settings.steps : windowLength;
    await program.open(windows, "validation", { run, window } satisfies ValidationOptions);
    const { result } = await program.run(windows, { times: 1 });
    for (const opened of [windows, `${run}, validation`, run]) await program.close(opened);
    runs.push({ name: entrant.name, seed, precision, weights, iterations, points, windows: result });
  }
  return runs;
}
