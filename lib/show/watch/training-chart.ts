/**
 * The chart of a training: losses, accuracy, and how much of the samples is copied. How charts are drawn is in
 * `live-chart.ts`.
 */
import type { EndEvent, StepEvent, ValidationEvent } from "../../train/events";
import { count, nats, share } from "../style/numbers";
import { hasLongTokens, perCharacter, validationLoss } from "./per-character";
import { paints, type Chart, type Panel, type Point, type Series } from "../chart/panel";

/** A sample as the chart sees it. */
export interface SamplePoint {
  readonly iteration: number;
  readonly temperature: number;
  /** Share of its characters that are copied. */
  readonly copied: number;
  /** The same share of held-out text; absent where there is none. */
  readonly zero?: number;
  /** Characters of its longest copy, 0 without one. */
  readonly longest: number;
}

export interface TrainingCurves {
  readonly steps: readonly StepEvent[];
  readonly validations: readonly ValidationEvent[];
  readonly samples: readonly SamplePoint[];
  /** How it ended, if it has. */
  readonly end?: EndEvent;
}

export function trainingChart(curves: TrainingCurves): Chart {
  const step = curves.steps.at(-1);
  return {
    x: "iteration",
    alternative: step
      ? `Training at iteration ${count(step.iteration)}: ${resultsInWords(curves)}`
      : "A training that has just begun",
    panels: [
      {
        title: "Cross-entropy",
        unit: "number",
        series: [...twoSeries(curves, "crossEntropy"), ...characterSeries(curves)],
      },
      { title: "Accuracy", unit: "share", series: twoSeries(curves, "accuracy") },
      ...copyPanels(curves),
    ],
  };
}

/** None where a training has ended without a sample. */
function copyPanels({ samples, end }: TrainingCurves): Panel[] {
  if (end && samples.length === 0) return [];
  return [
    { title: "Copied", unit: "share", series: [...copySeries(samples, "copied"), ...zeroSeries(samples)] },
    { title: "Longest copy", unit: "count", series: copySeries(samples, "longest") },
  ];
}

function twoSeries({ steps, validations }: TrainingCurves, measure: "crossEntropy" | "accuracy"): Series[] {
  const points = (events: TrainingCurves["steps"] | TrainingCurves["validations"]): Point[] =>
    events.map((event) => ({ x: event.iteration, y: event[measure] }));
  const training: Series = { name: "training", paint: paints[0], points: points(steps) };
  if (!validations.length) return [training];
  return [training, { name: "validation", paint: paints[1], points: points(validations), symbol: "circle" }];
}

/** The same in nats a character, where tokens are longer: so that a training compares with one of characters. */
function characterSeries({ validations }: TrainingCurves): Series[] {
  if (!validations.some(hasLongTokens)) return [];
  const points = validations.map((event) => ({ x: event.iteration, y: perCharacter(event) }));
  return [{ name: "validation, a character", paint: paints[2], points, symbol: "square" }];
}

/** What held-out text has, from the first sample to the last. */
export function zeroSeries(
  samples: readonly Pick<SamplePoint, "iteration" | "zero">[],
  paint = paints[1],
): Series[] {
  const byIteration = new Map(
    samples.flatMap(({ iteration, zero }) => (zero === undefined ? [] : [[iteration, zero]])),
  );
  const points = [...byIteration].map(([x, y]) => ({ x, y }));
  return points.length > 0 ? [{ name: "held out", paint, points }] : [];
}

/** One series a temperature, the lowest first. */
function copySeries(samples: readonly SamplePoint[], measure: "copied" | "longest"): Series[] {
  const temperatures = [...new Set(samples.map(({ temperature }) => temperature))].sort((a, b) => a - b);
  const symbols = ["circle", "square", "triangle", "diamond"] as const;
  return temperatures.map((temperature, index) => {
    const alike = samples.filter((sample) => sample.temperature === temperature);
    return {
      name: `at ${temperature}`,
      paint: paints[(2 + index) % paints.length],
      symbol: symbols[index % symbols.length],
      // The last one told of, which is of an earlier iteration where a training has gone back to its best weights.
      said: alike.at(-1)?.[measure],
      points: [...alike]
        .sort((one, other) => one.iteration - other.iteration)
        .map((sample) => ({ x: sample.iteration, y: sample[measure] })),
    };
  });
}

/**
 * @returns "" before the first step
 * @example resultsInWords(curves) // "cross-entropy 1.452, in validation 1.523; accuracy 57.1%, in validation 55.0%; …"
 */
export function resultsInWords({ steps, validations, samples }: TrainingCurves): string {
  const step = steps.at(-1);
  if (!step) return "";
  const validation = validations.at(-1);
  const results = [
    `cross-entropy ${nats(step.crossEntropy)}${validation ? `, in validation ${validationLoss(validation)}` : ""}`,
    `accuracy ${share(step.accuracy)}${validation ? `, in validation ${share(validation.accuracy)}` : ""}`,
  ];
  const ofLast = samples.filter(({ iteration }) => iteration === samples.at(-1)?.iteration);
  const latest = [...new Map(ofLast.map((sample) => [sample.temperature, sample])).values()];
  const longest = latest.reduce((most, sample) => Math.max(most, sample.longest), 0);
  const shares = latest.map(({ temperature, copied }) => `${share(copied)} at temperature ${temperature}`);
  const zero = latest[0]?.zero;
  const beside = zero === undefined ? "" : `, of held-out text ${share(zero)}`;
  if (longest) {
    results.push(`copied in the last samples ${shares.join(", ")}${beside}`);
    results.push(`longest copy ${count(longest)} characters`);
  } else if (latest.length) results.push(`nothing copied in the last samples${beside}`);
  return results.join("; ");
}
