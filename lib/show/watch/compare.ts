/** Trainings of several settings, one after another, and what came of each side by side. One by itself is in `watch.ts`. */
import { setImmediate } from "node:timers/promises";
import type { Params } from "../../train/params";
import type { Library } from "../../text/library";
import type { TracedIn } from "../../trace/traceable";
import type { TrainOptions } from "../../train/options";
import { train } from "../../train/train";
import { Training } from "../../train/training";
import { LiveChart } from "../chart/live-chart";
import { alreadyShown, inNotebook } from "../notebook";
import { nats, share } from "../style/numbers";
import { paints, type Chart, type Point, type Series } from "../chart/panel";
import { showTable } from "../table";
import { perCharacter } from "./per-character";
import { zeroSeries } from "./training-chart";
import { TrainingRecord } from "./training-record";

export interface CompareOptions extends TrainOptions {
  /** What samples are traced against, as an index of a library that is read from disk (default: the library). */
  readonly tracedIn?: TracedIn;
}

/** A training that was compared. Who asked for it disposes of `training`. */
export interface Compared {
  readonly name: string;
  readonly training: Training;
  readonly record: TrainingRecord;
}

/**
 * Trains a network for each of some settings on the same text, and shows how their losses on held-out text fall and how much
 * their samples copy, in one chart that grows; at the end a table. An interrupt ends the training that runs and leaves out
 * those that were to come.
 *
 * @param settings by name; colours are for five of them. A training in the place of settings goes on as it stands
 * @throws where a parameter is unknown or out of range
 * @example await compare({ "1 layer": { layers: 1 }, "4 layers": { layers: 4 } }, library, { sampleEvery: 500 })
 */
export async function compare(
  settings: Readonly<Record<string, Partial<Params> | Training>>,
  library: Library,
  { tracedIn = library, ...options }: CompareOptions = {},
): Promise<Compared[]> {
  const compared: Compared[] = [];
  const chart = inNotebook() ? new LiveChart(comparisonChart(compared)) : undefined;
  try {
    for (const [name, given] of Object.entries(settings)) {
      const training = given instanceof Training ? given : await Training.start(library, given);
      const record = new TrainingRecord(tracedIn);
      for (const entry of training.position.history) record.add(entry);
      compared.push({ name, training, record });
      for await (const event of train(training, options)) {
        record.add(event);
        chart?.update(() => comparisonChart(compared));
        // The kernel sends what is shown, and hears an interrupt, only between two macrotasks.
        await setImmediate();
      }
      if (record.end?.reason === "interrupted") break;
    }
  } finally {
    chart?.end(comparisonChart(compared));
  }
  showTable(comparison(compared));
  alreadyShown(compared);
  return compared;
}

export function comparisonChart(compared: readonly Compared[]): Chart {
  const symbols = ["circle", "square", "triangle", "diamond"] as const;
  const series = (points: (record: TrainingRecord) => Point[]) =>
    compared.map(({ name, record }, index) => ({
      name,
      paint: paints[index % paints.length],
      symbol: symbols[index % symbols.length],
      points: points(record),
    }));
  const results = comparison(compared).map(({ name, ...rest }) => {
    const beside = rest.ofHeldOut === undefined ? "" : `, of held-out text ${rest.ofHeldOut}`;
    return `${name}: loss ${rest.loss}, in validation ${rest.validationLoss}, copied ${rest.copied}${beside}`;
  });
  return {
    x: "iteration",
    alternative: results.length ? `Trainings compared. ${results.join("; ")}` : "Trainings that are to begin",
    panels: [
      {
        title: "Validation loss, nats a character",
        unit: "number",
        series: series(({ validations }) =>
          validations.map((validation) => ({ x: validation.iteration, y: perCharacter(validation) })),
        ),
      },
      { title: "Copied", unit: "share", series: [...series(copiedByIteration), ...zeroOf(compared)] },
    ],
  };
}

/**
 * What came of each training, as the rows of a table: losses in nats a token, in validation in nats a character, so that words
 * compare with characters; copies as of the last samples.
 */
export function comparison(compared: readonly Compared[]) {
  return compared.map(({ name, training: { model, params }, record }) => {
    const { steps, validations, best } = record;
    const last = steps.at(-1);
    const { steps: time, batchSize } = params;
    const latest = record.samples.filter(({ iteration }) => iteration === record.samples.at(-1)?.iteration);
    const zero = latest[0]?.zero;
    return {
      name,
      weights: model.size,
      epochs: last?.epoch.toFixed(1) ?? "",
      msPerStep: Math.round(1000 * median(steps.map((step) => (time * batchSize) / step.tokensPerSecond))),
      loss: last ? nats(last.crossEntropy) : "",
      validationLoss: validations.length ? nats(perCharacter(validations[validations.length - 1])) : "",
      lowest: best ? `${nats(perCharacter(best))} at ${best.iteration}` : "",
      copied: latest.length ? share(copiedByIteration(record).at(-1)?.y ?? 0) : "",
      ...(zero === undefined ? {} : { ofHeldOut: share(zero) }),
      longestCopy: latest.reduce((most, { longest }) => Math.max(most, longest), 0),
    };
  });
}

/** What held-out text has, one line for all, as far as the longest training went. */
function zeroOf(compared: readonly Compared[]): Series[] {
  const samples = compared.flatMap(({ record }) => record.samples);
  return zeroSeries(
    [...samples].sort((one, other) => one.iteration - other.iteration),
    paints[paints.length - 1],
  );
}

/** The mean over the samples of an iteration. */
function copiedByIteration({ samples }: TrainingRecord): Point[] {
  return [...new Set(samples.map(({ iteration }) => iteration))].map((x) => {
    const copied = samples.filter(({ iteration }) => iteration === x).map((sample) => sample.copied);
    return { x, y: copied.reduce((sum, one) => sum + one, 0) / copied.length };
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2 : 0;
}
