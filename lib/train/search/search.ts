/**
 * A search for the settings with the lowest loss on held-out text: trials, one after another in this process, and side by side
 * in as many as take part. What is tried next, and what is hopeless, Optuna says (Akiba et al. 2019): see `engine.py`. How a
 * search is shown is for `lib/show`.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { checkWhole, OptionError } from "../../base/option-error";
import { defaults, type Params } from "../params";
import type { Library } from "../../text/library";
import type { OnProgress } from "../../base/progress";
import { takeInterrupt } from "../interrupt";
import { completeOptions, type TrainOptions } from "../options";
import { answer, Interrupted, type DatabaseEvent } from "./answer";
import { Engine, type TrialResult } from "./engine";
import { searchPython } from "./environment";
import { refuseHopeless } from "./hopeless";
import { engineSpace, type Space } from "./space";
import { makeTrial, type TrialTrainingEvent } from "./trial";
import { bestOf, ranked, writeTrials } from "./trials-csv";

export interface SearchOptions {
  /** The folder of the search: a folder for each trial, `trials.csv`, and the database, where no other is named. */
  readonly folder: string;
  /** How many trials there are in all (default: 20). A search that is called again with more goes on. */
  readonly trials?: number;
  /** What is the same for all trials. */
  readonly params?: Partial<Params>;
  /** How each of them is trained: see `train`. Samples only where `sampleEvery` says so. */
  readonly training?: Omit<TrainOptions, "checkpoints" | "checkpointEvery" | "keep" | "signal">;
  /** "tpe" draws where trials have been good (Bergstra et al. 2011), "random" anywhere (default: "tpe"). */
  readonly sampler?: "tpe" | "random";
  /** Trials after which "tpe" begins to learn, and hopeless ones are given up (default: 5). */
  readonly startup?: number;
  /**
   * Whether a trial is given up whose best loss so far is above the median of the others at the same iteration
   * (default: true).
   */
  readonly prune?: boolean;
  /** Iterations that every trial is granted; a quarter of `params.iterations`. */
  readonly pruneAfter?: number;
  /** What is drawn follows from it, and from what became of the trials before (default: 1). */
  readonly seed?: number;
  /**
   * The database by which several processes share the trials: "postgresql://user@host/database", on as many machines as one
   * likes (default: a file in `folder`, which processes of one machine may share).
   */
  readonly storage?: string;
  /** What the search is called in the database (default: the name of the folder). */
  readonly name?: string;
  /** Seconds from one sign of life to the next (default: 10). */
  readonly heartbeat?: number;
  /**
   * Seconds without a sign of life before a process is presumed dead and its trial is given to another (default: 60).
   * Time in which the database does not answer is not counted.
   */
  readonly grace?: number;
  /** Seconds for which a database that does not answer is asked again (default: 600). */
  readonly databaseTimeout?: number;
  /** Another way to stop, beside the kernel's interrupt and Ctrl-C. */
  readonly signal?: AbortSignal;
  /** Is told how far Optuna's environment is, with the first search. */
  readonly onProgress?: OnProgress;
}

/** A trial begins. */
export interface TrialEvent {
  readonly type: "trial";
  readonly trial: number;
  /** Those of the space. */
  readonly params: Partial<Params>;
}

/** A trial is done, here or elsewhere. */
export interface ResultEvent extends TrialResult {
  readonly type: "result";
}

/** Nothing is left to be begun, but other processes are still at it; what they leave will be taken up. */
export interface WaitingEvent {
  readonly type: "waiting";
  readonly running: number;
}

export interface SearchEndEvent {
  readonly type: "end";
  readonly reason: "finished" | "interrupted";
  /** All that are done, the best first. */
  readonly trials: readonly TrialResult[];
  /** The best of them; null where none has a loss. */
  readonly best: TrialResult | null;
}

export type SearchEvent =
  TrialEvent | TrialTrainingEvent | ResultEvent | WaitingEvent | DatabaseEvent | SearchEndEvent;

/**
 * Searches, and tells what happens. Called again it goes on; a trial that was interrupted is made anew from its beginning.
 * Others take part by the same call: they come, go and die as they like, and each trial is done once. While the database is
 * away the search waits, and training goes on as far as it can.
 *
 * @throws where an option or the space makes no sense, where nothing of the space can be trained with, where the search was
 *   begun with other settings, and where Optuna or its database cannot be had
 * @example
 * const space = { neurons: [64, 128], learningRate: { from: 1e-3, to: 3e-2, log: true } };
 * for await (const event of search(library, space, { folder: "data/searches/mine", params: { iterations: 500 } })) print(event);
 */
export async function* search(
  library: Library,
  space: Space,
  given: SearchOptions,
): AsyncGenerator<SearchEvent, void, void> {
  const options = completeSearch(given);
  const { folder, params, training, signal, trials } = options;
  const settings = settingsOf(library, space, options);
  const entries = engineSpace(space, params);
  await refuseHopeless(library, space, params);
  await mkdir(folder, { recursive: true });
  const engine = Engine.start(await searchPython(options.onProgress));
  const interrupt = await takeInterrupt();
  const stopped = () => interrupt.requested || signal?.aborted === true;
  const results: TrialResult[] = [];
  /** Tells what has come of trials since, and has it in `trials.csv`. */
  async function* newResults(): AsyncGenerator<SearchEvent, void, void> {
    const others = yield* answer(engine, engine.newResults(), stopped);
    results.push(...others);
    for (const result of others) yield { type: "result", ...result };
    if (others.length) await writeTrials(folder, results);
  }
  try {
    const { storage, name, sampler, seed, startup, pruneAfter, heartbeat, grace, databaseTimeout } = options;
    const drawing = { space: entries, sampler, seed, startup, pruneAfter };
    const opening = engine.open({
      ...{ storage, name, settings },
      ...drawing,
      ...{ heartbeat, grace, databaseTimeout },
    });
    const opened = yield* answer(engine, opening, stopped);
    refuseOthers(settings, opened.settings, name);
    yield* newResults();
    for (let waiting = 0; !stopped();) {
      const asked = yield* answer(engine, engine.ask(trials), stopped);
      if ("trial" in asked) {
        waiting = 0;
        yield { type: "trial", trial: asked.trial, params: asked.params };
        const making = { engine, library, params, training: { ...training, signal }, folder, stopped };
        yield* makeTrial(asked, making);
      } else if (asked.running) {
        if (asked.running !== waiting) yield { type: "waiting", running: (waiting = asked.running) };
        await setTimeout(1000 * heartbeat, undefined, { signal: interrupt.signal }).catch(() => undefined);
      }
      yield* newResults();
      if (!("trial" in asked || asked.running)) break;
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  } finally {
    interrupt.release();
    await engine.close();
  }
  await writeTrials(folder, results);
  const reason = stopped() ? "interrupted" : "finished";
  yield { type: "end", reason, trials: ranked(results), best: bestOf(results) ?? null };
}

/** Of what stands in the database: the next one cannot go on with a search of this one. */
const version = 2;

/** All that decides what comes of a trial, and so must be alike for all who take part, as text. */
function settingsOf(library: Library, space: Space, { params, training, sampler, seed }: Complete): string {
  const texts = library.statistics().map(({ title, characters }) => `${title}, ${characters} characters`);
  return JSON.stringify({ version, space, params, training, sampler, seed, texts });
}

function refuseOthers(here: string, there: string, name: string): void {
  const [ours, theirs] = [here, there].map((text) => JSON.parse(text) as Record<string, unknown>);
  const differing = Object.keys({ ...ours, ...theirs }).filter(
    (key) => JSON.stringify(ours[key]) !== JSON.stringify(theirs[key]),
  );
  if (differing.length === 0) return;
  const lines = differing.map((key) => {
    return `\`${key}\` is ${JSON.stringify(ours[key])} here and ${JSON.stringify(theirs[key])} there`;
  });
  throw new Error(
    `The search "${name}" was begun with other settings: ${lines.join("; ")}. Change that, or take another \`folder\` or \`name\`.`,
  );
}

type Complete = ReturnType<typeof completeSearch>;

/**
 * All options, with their defaults.
 *
 * @throws where one is out of range
 */
function completeSearch(given: SearchOptions) {
  const { folder, params = {}, training = {}, storage, name, prune = true, ...rest } = given;
  if (!folder) throw new Error("Expected the `folder` of the search, got none: `data/searches/mine`");
  const options = {
    ...{
      trials: 20,
      sampler: "tpe" as const,
      startup: 5,
      seed: 1,
      heartbeat: 10,
      grace: 60,
      databaseTimeout: 600,
    },
    ...rest,
    ...{ folder, params },
    training: { sampleEvery: 0, ...training },
    name: name ?? path.basename(path.resolve(folder)),
    storage: storage ?? `file:${path.resolve(folder, "search.db")}`,
    pruneAfter: prune ? (rest.pruneAfter ?? Math.ceil((params.iterations ?? defaults.iterations) / 4)) : null,
  };
  const least = {
    trials: 1,
    startup: 0,
    seed: 0,
    heartbeat: 1,
    grace: 1,
    databaseTimeout: 0,
    pruneAfter: 0,
  } as const;
  for (const [key, low] of Object.entries(least) as [keyof typeof least, number][]) {
    if (options[key] !== null) checkWhole({ [key]: options[key] }, low);
  }
  if (!(options.grace > options.heartbeat))
    throw new OptionError("grace", `above \`heartbeat\`, ${options.heartbeat}`, options.grace);
  if (storage !== undefined && !/^(?:postgres(?:ql)?(?:\+psycopg)?:\/\/|sqlite:\/\/\/)/.test(storage)) {
    const got = storage.replace(/:[^:@/]*@/, ":…@"); // A password is nothing for a message.
    throw new OptionError("storage", "as postgresql://user@host/database or sqlite:///file", got);
  }
  if (!["tpe", "random"].includes(options.sampler))
    throw new OptionError("sampler", "to be one of tpe, random", options.sampler);
  completeOptions(options.training);
  return options;
}
