/** Contenders run in turn, round by round, so that whatever else the machine does meets all of them alike. */
import type { Facts } from "./answer";
import type { Program } from "./program";
import { median } from "./statistics";

export interface Contender {
  /** Tells it from the others: "fused fp32". */
  readonly name: string;
  readonly program: Pick<Program, "open" | "run" | "close">;
  readonly task: string;
  readonly options: object;
}

export interface Outcome {
  readonly name: string;
  readonly facts: Facts;
  /** Milliseconds of each timed run, by round. */
  readonly times: readonly (readonly number[])[];
  /** The median of all of them. */
  readonly median: number;
  readonly fastest: number;
  /** What the last run came to. */
  readonly result: number;
}

/** What came of a contest: the rows of its table, and all times. */
export interface Results<Row> {
  readonly rows: readonly Row[];
  readonly outcomes: readonly Outcome[];
}

export interface ContestOptions {
  readonly rounds: number;
  /** Seconds that a turn should last; one timed run at least. */
  readonly seconds: number;
  /** Is told how many rounds are over, from 0. */
  readonly onRound?: (done: number) => void;
}

/** Timed runs in a turn at most. */
const mostRuns = 40;

/**
 * Builds all contenders, runs each once to warm up and once to see how long it takes, then lets them take turns, every
 * other round in the reverse order. A turn begins with a run that is not timed.
 *
 * @throws where one fails or its result is no number
 */
export async function contest(
  contenders: readonly Contender[],
  { rounds, seconds, onRound }: ContestOptions,
): Promise<Outcome[]> {
  const entries = [];
  for (const contender of contenders) {
    const { name, program, task, options } = contender;
    const facts = await program.open(name, task, options);
    const { milliseconds } = await program.run(name, { times: 1, untimed: 1 });
    const runs = Math.min(mostRuns, Math.max(1, Math.round((1000 * seconds) / milliseconds[0])));
    entries.push({ contender, facts, runs, times: [] as (readonly number[])[], result: NaN });
  }
  for (let round = 0; round < rounds; round++) {
    onRound?.(round);
    for (const entry of round % 2 === 0 ? entries : [...entries].reverse()) {
      const { name, program } = entry.contender;
      const { milliseconds, result } = await program.run(name, { times: entry.runs, untimed: 1 });
      if (!Number.isFinite(result)) throw new Error(`Expected a finite result of ${name}, got ${result}`);
      entry.times.push(milliseconds);
      entry.result = result;
    }
  }
  onRound?.(rounds);
  for (const { contender } of entries) await contender.program.close(contender.name);
  return entries.map(({ contender: { name }, facts, times, result }) => {
    const all = times.flat();
    return { name, facts, times, median: median(all), fastest: Math.min(...all), result };
  });
}
