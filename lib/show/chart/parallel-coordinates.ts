/**
 * Settings and what came of them as parallel coordinates (Inselberg 1985): an axis for each setting, at the right one for the
 * loss, and a line across them for each trial. As a still picture, like those of `svg.ts`; the live chart is in
 * `search-chart.ts`.
 */
import { escapeHtml } from "../style/html";
import { chartSize, grounds, paints } from "./panel";
import { loadPlot } from "./plot";
import { fontFamily, image, inside, onPaper } from "./svg";

export interface ParallelChart {
  readonly title: string;
  /** From left to right; the last one is the loss. */
  readonly axes: readonly Axis[];
  readonly lines: readonly ParallelLine[];
  /** What the chart tells, in words and numbers, for those who do not see it. */
  readonly alternative: string;
}

export interface Axis {
  readonly name: string;
  /** Where its labels are, from 0, at the bottom, to 1. */
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

export interface ParallelLine {
  /** Where it crosses each axis; null on the last one where there is no loss. */
  readonly at: readonly (number | null)[];
  /** "pruned" ones were given up. */
  readonly kind: "best" | "complete" | "pruned";
}

type Value = string | number | boolean;

/**
 * An axis for some values, and where on it a value is. Numbers of several orders of magnitude are laid out by their logarithm;
 * words and yes and no one beside the other.
 *
 * @example axisOf("layers", [1, 2, 4]).place(2) // 0.333
 */
export function axisOf(name: string, values: readonly Value[]): { axis: Axis; place(value: Value): number } {
  const distinct = [...new Set(values)];
  if (!distinct.every((value) => typeof value === "number")) {
    const place = (value: Value) =>
      distinct.length > 1 ? distinct.indexOf(value) / (distinct.length - 1) : 0.5;
    return {
      axis: { name, ticks: distinct.map((value) => ({ at: place(value), label: String(value) })) },
      place,
    };
  }
  const numbers = (distinct as number[]).sort((a, b) => a - b);
  const [low, high] = [numbers[0], numbers[numbers.length - 1]];
  const scale = low > 0 && high / low >= 50 ? Math.log : (value: number) => value;
  const place = (value: Value) => {
    return high > low ? (scale(Number(value)) - scale(low)) / (scale(high) - scale(low)) : 0.5;
  };
  const shown = numbers.length <= 6 ? numbers : fewOf(low, high, scale);
  return { axis: { name, ticks: shown.map((value) => ({ at: place(value), label: digits(value) })) }, place };
}

/**
 * Draws the chart: the best trial strong, those that were given up faint.
 *
 * @returns SVG
 */
export function parallelCoordinates({ title, axes, lines }: ParallelChart): string {
  const { Plot, document } = loadPlot();
  const { ink, axis: gray } = grounds.light;
  const top = 40;
  const names = axes.map(({ name }, x) => ({ x, y: 1, name }));
  const ticks = axes.flatMap((axis, x) => axis.ticks.map(({ at, label }) => ({ x, y: at, label })));
  const drawing = Plot.plot({
    document,
    width: chartSize.width,
    height: chartSize.height - top,
    ...{ marginTop: 34, marginRight: 70, marginBottom: 18, marginLeft: 60 },
    style: { fontFamily, fontSize: "11px", color: ink },
    x: { axis: null, domain: [0, Math.max(1, axes.length - 1)] },
    y: { axis: null, domain: [0, 1] },
    marks: [
      ...["pruned", "complete", "best"].flatMap((kind) =>
        lines
          .filter((line) => line.kind === kind)
          .map((line) => Plot.lineY(pointsOf(line), lineStyles[line.kind])),
      ),
      Plot.ruleX(
        axes.map((_, x) => x),
        { stroke: gray },
      ),
      Plot.text(ticks, {
        ...{ x: "x", y: "y", text: "label", textAnchor: "end", dx: -5 },
        ...{ fill: ink, stroke: grounds.light.paper, strokeWidth: 3 },
      }),
      Plot.text(names, { x: "x", y: "y", text: "name", dy: -18, fill: ink, fontWeight: "bold" }),
    ],
  });
  return onPaper(chartSize, heading(title) + inside(drawing, 0, top));
}

/** The chart as HTML that an untrusted notebook keeps. */
export function parallelPicture(chart: ParallelChart): string {
  return image(parallelCoordinates(chart), chart.alternative);
}

const lineStyles: Record<ParallelLine["kind"], Record<string, string | number>> = {
  best: { x: "x", y: "y", stroke: paints[1].light, strokeWidth: 3.5 },
  complete: { x: "x", y: "y", stroke: paints[0].light, strokeWidth: 1.6, strokeOpacity: 0.7 },
  pruned: {
    x: "x",
    y: "y",
    stroke: grounds.light.axis,
    strokeWidth: 1.2,
    strokeOpacity: 0.6,
    strokeDasharray: "4 3",
  },
};

function pointsOf({ at }: ParallelLine): { x: number; y: number }[] {
  return at.flatMap((y, x) => (y === null ? [] : [{ x, y }]));
}

function heading(title: string): string {
  const legend = [
    `<tspan dx="14" fill="${paints[1].light}">━ the best</tspan>`,
    `<tspan dx="12" fill="${paints[0].light}">━ others</tspan>`,
    `<tspan dx="12" fill="#6f695e">╌ given up</tspan>`,
  ];
  return `<text x="16" y="26"><tspan font-weight="600">${escapeHtml(title)}</tspan>${legend.join("")}</text>`;
}

/** Five numbers from the lowest to the highest, as far apart on the axis. */
function fewOf(low: number, high: number, scale: (value: number) => number): number[] {
  const back = scale === Math.log ? Math.exp : (value: number) => value;
  return [0, 1, 2, 3, 4].map((step) => back(scale(low) + (step / 4) * (scale(high) - scale(low))));
}

/** @example digits(0.0123456) // "0.0123" */
function digits(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 3, useGrouping: Math.abs(value) >= 10_000 });
}
