/** Curves in one panel, as a cell computes them: a chart in a line of code. */
import { display } from "../notebook";
import { nats, share } from "../style/numbers";
import { paints, signs, type Chart, type Panel, type Point, type Series } from "./panel";
import { picture } from "./line-chart";

export interface CurvesOptions {
  /** What the curves tell. */
  readonly title: string;
  /** What x counts. */
  readonly x: string;
  /** What y is: a share between 0 and 1, or a number (default: "share"). */
  readonly unit?: Panel["unit"];
}

/**
 * Shows curves, by name; five of them have colours of their own, the next five the same with signs.
 *
 * @example showCurves({ falling: [{ x: 0, y: 1 }, { x: 10, y: 0.5 }] }, { title: "Novel n-grams", x: "n" })
 */
export function showCurves(curves: Readonly<Record<string, readonly Point[]>>, options: CurvesOptions): void {
  const chart = curveChart(curves, options);
  display({ "text/html": picture(chart), "text/plain": chart.alternative });
}

/** By which curves of the same colour are told apart. */
const symbols: readonly Series["symbol"][] = [undefined, ...(Object.keys(signs) as (keyof typeof signs)[])];

/** The chart; in words it tells where each curve begins, where it ends, and what it is half-way. */
export function curveChart(
  curves: Readonly<Record<string, readonly Point[]>>,
  { title, x, unit = "share" }: CurvesOptions,
): Chart {
  const value = unit === "share" ? share : nats;
  const series = Object.entries(curves).map(([name, points], index) => ({
    name,
    points,
    paint: paints[index % paints.length],
    symbol: symbols[Math.floor(index / paints.length) % symbols.length],
  }));
  const words = series.map(({ name, points }) => {
    const told = points.length > 2 ? [0, points.length >> 1, points.length - 1] : [...points.keys()];
    return `${name} ${told.map((at) => `${value(points[at].y)} at ${points[at].x}`).join(", ")}`;
  });
  return {
    x,
    panels: [{ title, unit, series }],
    alternative: `${title} by ${x}: ${words.join("; ")}`,
  };
}
