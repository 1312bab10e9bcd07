/** The parts of the bench, in their order: what each times, and how its table is written. */
import { progressBar } from "../lib/show/progress-bar";
import type { BenchOptions, Part } from "./arguments";
import type { ContestOptions } from "./contest";
import type { Programs } from "./programs";
import {
  attentionTable,
  generationTable,
  growthTable,
  indexTable,
  nearTable,
  stepTable,
  tracingTable,
  wordsTable,
} from "./report";
import { timeNear } from "./tracing/near";
import { timeIndex } from "./tracing/trace-index";
import { timeTracing } from "./tracing/tracing";
import { timeAttention } from "./training/attention";
import { timeGeneration } from "./training/generation";
import { timeGrowth } from "./training/growth";
import { parseSize, type NetworkSize } from "./training/network-size";
import { timeSteps } from "./training/steps";
import { timeWords } from "./training/words";

/** What the network reads and how much of it in a step, as everywhere in the project's figures. */
const reading = { vocabulary: 90, time: 64, batch: 64 };

/** Times a part, prints its table and gives back all that came of it. */
type TimedPart = () => Promise<object>;

export function timedParts(
  programs: Programs,
  options: BenchOptions,
  scratch: string,
): Readonly<Record<Part, TimedPart>> {
  const { rounds, quick, library } = options;
  const bar = progressBar();
  const during = (label: string): ContestOptions => ({
    rounds,
    seconds: quick ? 0.3 : 1,
    onRound: (done) => bar({ label, done, total: rounds, unit: "rounds" }),
  });
  /** A network of each size after the other: of those that were asked for, or the usual ones. */
  async function each<Found>(
    usual: readonly string[],
    time: (name: string, size: NetworkSize) => Promise<Found>,
  ) {
    const found: Found[] = [];
    for (const name of options.sizes ?? (quick ? ["2x128"] : usual))
      found.push(await time(name, { ...parseSize(name), vocabulary: reading.vocabulary }));
    return found;
  }
  return {
    steps: printed(
      () =>
        each(["2x128", "3x256", "8x256", "4x512"], (name, size) =>
          timeSteps({ ...size, ...reading }, programs, during(`Training steps ${name}`)),
        ),
      (steps) => stepTable(steps, reading),
    ),
    words: printed(() => timeWords(programs, during("Training steps on words")), wordsTable),
    attention: printed(
      () => timeAttention(programs, during("Training steps with attention")),
      attentionTable,
    ),
    generation: printed(
      () =>
        each(["2x128", "4x512"], (name, size) =>
          timeGeneration(size, programs, during(`Generation ${name}`)),
        ),
      generationTable,
    ),
    growth: printed(() => timeGrowth(programs, during("Growth")), growthTable),
    tracing: printed(() => timeTracing(programs, scratch, { ...during("Tracing"), quick }), tracingTable),
    near: printed(() => timeNear(programs, scratch, during("Near copies")), nearTable),
    index: printed(
      () => timeIndex(programs, scratch, { ...during("Index"), characters: 1e6 * library }),
      indexTable,
    ),
  };
}

function printed<Found extends object>(
  time: () => Promise<Found>,
  table: (found: Found) => string,
): TimedPart {
  return async () => {
    const found = await time();
    console.log(table(found));
    return found;
  };
}
