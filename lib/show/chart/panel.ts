/** What a line chart shows and where, said once for the still picture (`line-chart.ts`) and the live chart (`live-chart.ts`). */
import { count, nats } from "../style/numbers";
import { ink, paper, rule } from "../style/themes";

export interface Chart {
  /** What x counts: "iteration". */
  readonly x: string;
  /** The first is drawn large. */
  readonly panels: readonly Panel[];
  /** What the chart tells, in words and numbers, for those who do not see it. */
  readonly alternative: string;
}

export interface Panel {
  readonly title: string;
  /** What y is: a number, a share between 0 and 1, or a count, which begins at 0 as well. */
  readonly unit: "number" | "share" | "count";
  readonly series: readonly Series[];
}

export interface Series {
  readonly name: string;
  readonly paint: Paint;
  /** In the order of x. */
  readonly points: readonly Point[];
  /** The value that the legend says, where it is not that of the last point. */
  readonly said?: number;
  /** The sign at every point; without one there is only the line. */
  readonly symbol?: keyof typeof signs;
}

export interface Point {
  readonly x: number;
  readonly y: number;
  /** Said in a live chart when one points at it. */
  readonly note?: string;
}

/** A colour for a light ground and one for a dark ground; text is written in them too. */
export interface Paint {
  readonly light: string;
  readonly dark: string;
}

/** Colours that stay apart for colour-blind readers (after Okabe and Ito 2008), dark or light enough to be read as text. */
export const paints: readonly Paint[] = [
  { light: "#0067a8", dark: "#6bb8ff" },
  { light: "#b04400", dark: "#ffab61" },
  { light: "#00755a", dark: "#4fd6a9" },
  { light: "#9c3f86", dark: "#f09ad6" },
  { light: "#6b6300", dark: "#e0d34f" },
];

/** What a chart has on a light and on a dark page beside its series. */
export interface Ground {
  readonly paper: string;
  readonly ink: string;
  /** The border of the chart and the lines across the panels. */
  readonly rule: string;
  readonly axis: string;
}

export const grounds: { readonly light: Ground; readonly dark: Ground } = {
  light: { paper, ink, rule, axis: "#8a8478" },
  dark: { paper: "#211f1c", ink: "#e8e3da", rule: "#4a453d", axis: "#8a8478" },
};

/** The signs as text, for legends. */
export const signs = { circle: "●", square: "■", diamond: "◆", triangle: "▲" } as const;

/** Pixels: as wide as the overlay of a sample; on a narrow page both kinds of chart shrink. */
export const chartSize = { width: 760, height: 380 };

/** A panel's place in the chart, and how far inside its lines are drawn. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly margin: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left: number;
  };
}

/** The frames of so many panels: the first one large at the left, the others below one another at its right. */
export function frames(panels: number): Frame[] {
  const { width, height } = chartSize;
  const margin = { top: 44, right: 26, bottom: 28, left: 52 };
  // Only the first names what x counts.
  const first = { x: 0, y: 0, width, height, margin: { ...margin, bottom: 44 } };
  if (panels === 1) return [first];
  const left = Math.round(width * 0.53);
  const each = height / (panels - 1);
  const low = { ...margin, top: 38, bottom: 22 };
  const others = Array.from({ length: panels - 1 }, (_, index) => {
    return { x: left, y: index * each, width: width - left, height: each, margin: each < 150 ? low : margin };
  });
  return [{ ...first, width: left }, ...others];
}

/**
 * From where to where the axes go: x from 0, or from below it where points lie there, alike in all panels; shares and
 * counts from 0 as well. A loss may be no number.
 */
export function extents(panels: readonly Panel[]): { x: [number, number]; y: [number, number][] } {
  const points = panels.map(({ series }) => series.flatMap((one) => one.points));
  const y = panels.map(({ unit }, index): [number, number] => {
    const values = points[index].map((point) => point.y).filter(Number.isFinite);
    if (unit === "count") return [0, Math.max(10, 1.1 * highest(values))];
    if (unit === "share") return [0, Math.min(1, Math.max(0.05, 1.1 * highest(values)))];
    if (!values.length) return [0, 1];
    const low = -highest(values.map((value) => -value));
    const room = 0.05 * (highest(values) - low) || 0.5;
    return [low - room, highest(values) + room];
  });
  const x = points.flat().map((point) => point.x);
  return { x: [x.reduce((low, value) => Math.min(low, value), 0), Math.max(1, highest(x))], y };
}

function highest(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), -Infinity);
}

/** Pixels of a character in a title, on average. */
const characterWidth = 6.5;

/**
 * What stands beside the title of a panel, and below it what has no room there: for each series its sign, its name and its last
 * value. The values are left out where all that would be longer than the frame is wide, and ends of names where they would fill
 * more than two rows.
 *
 * @example legends(panel, frame) // ["— training 1.452", "● validation 1.523"]
 */
export function legends({ title, unit, series }: Panel, { width }: Frame): string[] {
  const names = series.map(({ name, symbol }) => `${symbol ? signs[symbol] : "—"} ${name}`);
  const full = names.map((name, index) => {
    const { points, said = points.at(-1)?.y } = series[index];
    return said === undefined ? name : `${name} ${inUnit(said, unit)}`;
  });
  if (pixels([title, ...full]) < width) return full;
  if (pixels([title, ...names]) < width) return names;
  // Of two rows as much as is left where one ends early.
  const each = Math.floor((1.6 * width) / characterWidth - title.length) / Math.max(1, names.length) - 2;
  return names.map((name) => (name.length > each ? `${name.slice(0, Math.max(4, each - 1))}…` : name));
}

/** Baselines of the title, and of a row below it, from the top of a frame: one row, or two. */
const baselines = { one: [26], two: [17, 35] } as const;

/**
 * The legends of a panel, how many of them stand beside its title, the others being below it, and the baselines of
 * these rows.
 */
export function titleRows(panel: Panel, frame: Frame) {
  const words = legends(panel, frame);
  const beside = besideTitle(panel, frame, words);
  return { words, beside, rows: beside < words.length ? baselines.two : baselines.one };
}

function besideTitle({ title }: Panel, { width }: Frame, legends: readonly string[]): number {
  let fit = 0;
  while (fit < legends.length && pixels([title, ...legends.slice(0, fit + 1)]) < width) fit++;
  return fit;
}

/** How long texts are in a row. */
function pixels(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + 2, 0) * characterWidth;
}

function inUnit(value: number, unit: Panel["unit"]): string {
  if (unit === "share") return `${Math.round(value * 100)}%`;
  return unit === "count" ? count(value) : nats(value);
}
