/** What came of a speedrun: a table of who was how good when, a chart, and the record for docs/speedrun.md. */
import { curveChart } from "../../lib/show/chart/curves";
import { lineChart } from "../../lib/show/chart/line-chart";
import { textTable } from "../../lib/show/table";
import type { Entrant } from "./entrants";
import { windowLength, type Run } from "./race";

export interface Result {
  /** When it began. */
  readonly date: Date;
  /** Processor, cores, versions, and what could not be had: a line each. */
  readonly machine: readonly string[];
  /** What was learned from, in words: "tiny-shakespeare.txt, 1,003,854 characters". */
  readonly text: string;
  /** Those that took part. */
  readonly entrants: readonly Entrant[];
  readonly runs: readonly Run[];
}

/**
 * When a training reached a loss: between two measurements as if the loss fell evenly; undefined where it never did.
 *
 * @example secondsTo(1.5, [{ seconds: 10, loss: 2 }, { seconds: 20, loss: 1 }]) // 15
 */
export function secondsTo(loss: number, points: Run["points"]): number | undefined {
  const at = points.findIndex((point) => point.loss <= loss);
  if (at < 0) return undefined;
  const [before, there] = [points[at - 1], points[at]];
  if (before === undefined) return there.seconds;
  return (
    before.seconds + ((there.seconds - before.seconds) * (before.loss - loss)) / (before.loss - there.loss)
  );
}

/**
 * The losses that PyTorch's entrants came to, of which the table says when each reached them: means over the seeds, by
 * their names.
 */
export function targets({ entrants, runs }: Pick<Result, "entrants" | "runs">): Map<string, number> {
  const others = entrants.filter(({ by }) => by === "PyTorch");
  return new Map(
    others.map(({ name }) => [name, mean(runs.filter((run) => run.name === name).map(finalLoss))]),
  );
}

export function rowsOf(result: Pick<Result, "entrants" | "runs">): Record<string, string | number>[] {
  const wanted = [...targets(result)];
  return result.entrants.map(({ name, task, settings }) => {
    const runs = result.runs.filter((run) => run.name === name);
    const [{ weights, precision }] = runs;
    const losses = runs.map(finalLoss);
    const seconds = mean(runs.map(({ points }) => points[points.length - 1].seconds));
    const iterations = mean(runs.map((run) => run.iterations));
    return {
      name,
      weights,
      precision,
      steps: Math.round(iterations),
      "ms a step": digits((1000 * seconds) / iterations),
      seconds: digits(seconds),
      loss: mean(losses).toFixed(3),
      spread: (Math.max(...losses) - Math.min(...losses)).toFixed(3),
      [windowColumn]: `${mean(runs.map(({ windows }) => windows)).toFixed(3)}${
        task === "gpt" ? ` (${settings.steps})` : ""
      }`,
      ...Object.fromEntries(wanted.map(([, loss]) => [`s to ${loss.toFixed(3)}`, meanTime(loss, runs)])),
    };
  });
}

const windowColumn = `in windows of ${windowLength}`;

/** "" where one of the trainings never reached it. */
function meanTime(loss: number, runs: readonly Run[]): number | string {
  const times = runs.map(({ points }) => secondsTo(loss, points));
  return times.every((time) => time !== undefined) ? digits(mean(times)) : "";
}

export function table(result: Pick<Result, "entrants" | "runs">): string {
  const caption = "Validation loss in nats a character, by seconds of training steps";
  return [textTable(rowsOf(result), { caption }), ...targetsInWords(result)].join("\n");
}

/** Whose losses the last columns are of. */
function targetsInWords(result: Pick<Result, "entrants" | "runs">): string[] {
  return [...targets(result)].map(
    ([name, loss]) => `s to ${loss.toFixed(3)}: to the loss at which ${name} ends.`,
  );
}

/** SVG: the loss of each by seconds, the mean over the seeds; what is far above all ends is left out. */
export function chart({ entrants, runs }: Pick<Result, "entrants" | "runs">): string {
  const highest = Math.min(...runs.map(finalLoss)) + 0.5;
  const curves = entrants.map(({ name }) => {
    const own = runs.filter((run) => run.name === name);
    const length = Math.min(...own.map(({ points }) => points.length));
    const points = Array.from({ length }, (_, at) => ({
      x: digits(mean(own.map((run) => run.points[at].seconds))),
      y: mean(own.map((run) => run.points[at].loss)),
    }));
    const near = points.filter(({ y }) => y <= highest);
    return [short(name), near.length > 1 ? near : points.slice(-2)] as const;
  });
  const title = "Validation loss, nats a character";
  return lineChart(
    curveChart(Object.fromEntries(curves), { title, x: "seconds of training", unit: "number" }),
  );
}

/** An entrant's name where there is little room. */
function short(name: string): string {
  return name.replace(/ LSTM| of the time/, "");
}

/** A section of docs/speedrun.md. @param picture the name of the chart's file, seen from there */
export function record(result: Result, picture: string): string {
  const { date, machine, text, entrants, runs } = result;
  const rows = rowsOf(result);
  const names = Object.keys(rows[0]);
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const day = date.toISOString().slice(0, 10);
  return [
    `### ${day}: ${text}`,
    "",
    ...machine.map((each) => `- ${each}`),
    `- Seeds ${seeds.join(", ")}; losses and times are means over them, \`spread\` is from the best to the worst.`,
    ...entrants.map(({ name, settings }) => `- ${name}: \`${JSON.stringify(settings)}\``),
    ...targetsInWords(result).map((each) => `- ${each}`),
    "",
    line(names),
    line(names.map(() => "---")),
    ...rows.map((row) => line(names.map((name) => row[name]))),
    "",
    `![Validation loss by seconds of training](${picture})`,
    "",
  ].join("\n");
}

function finalLoss({ points }: Run): number {
  return points[points.length - 1].loss;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @example digits(61.234) // 61.2 */
function digits(value: number): number {
  return Number(value.toPrecision(3));
}
