/**
 * Points in a plane by group, each with a sign and a colour of its own: a still picture like that of a line chart
 * (`line-chart.ts`).
 */
import { escapeHtml } from "../style/html";
import { display } from "../notebook";
import { chartSize, grounds, paints, signs } from "./panel";
import { loadPlot } from "./plot";
import { fontFamily, image, inside, onPaper } from "./svg";

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** Points of a group have the same sign and colour; all are one group where it is left out. */
  readonly group?: string;
  /** Written beside the point. */
  readonly label?: string;
}

export interface ScatterOptions {
  /** What the points are. */
  readonly title: string;
  /** What the axes are (default: ""). */
  readonly x?: string;
  readonly y?: string;
}

const { ink, rule } = grounds.light;
const width = chartSize.width;
const [plotHeight, rowHeight, character, edge] = [432, 20, 6.6, 16];
const symbols = Object.keys(signs) as (keyof typeof signs)[];

/**
 * Shows points in a notebook, or says in words how many there are and where the middle of each group is.
 *
 * @example showScatter(points.map((point, index) => ({ ...point, group: texts[index].author })), { title: "Chapters" })
 */
export function showScatter(points: readonly ScatterPoint[], options: ScatterOptions): void {
  const words = scatterInWords(points, options);
  display({ "text/html": image(scatterChart(points, options), words), "text/plain": words });
}

/**
 * Draws the points; up to 20 groups differ in colour and sign.
 *
 * @returns SVG
 */
export function scatterChart(
  points: readonly ScatterPoint[],
  { title, x = "", y = "" }: ScatterOptions,
): string {
  const { Plot, document } = loadPlot();
  const names = groupsOf(points);
  const rows = legendRows(names.length > 1 ? names : []);
  const top = 34 + rows.length * rowHeight;
  const labelled = points.flatMap((point) => (point.label ? [{ ...point, label: point.label }] : []));
  const drawing = Plot.plot({
    document,
    width,
    height: plotHeight,
    marginTop: 10,
    marginBottom: 46,
    marginLeft: 52,
    marginRight: 40,
    style: { fontFamily, fontSize: "11px", color: ink },
    x: { label: null, tickSize: 0, ticks: 6, nice: true },
    y: { label: null, tickSize: 0, ticks: 6, nice: true },
    marks: [
      Plot.gridX({ stroke: rule, strokeOpacity: 1, ticks: 6 }),
      Plot.gridY({ stroke: rule, strokeOpacity: 1, ticks: 6 }),
      ...names.map((name, group) => {
        const own = points.filter((point) => (point.group ?? "") === name);
        const { color, symbol } = look(group);
        return Plot.dot(own, { x: "x", y: "y", symbol, fill: color, fillOpacity: 0.8, r: 3.6 });
      }),
      Plot.text(labelled, { x: "x", y: "y", text: "label", textAnchor: "start", dx: 6, fill: ink }),
    ],
  });
  const words = rows.map((row, index) => {
    const entries = row.map(({ name, group }) => {
      return `<tspan dx="14" fill="${look(group).color}">${signs[look(group).symbol]} ${escapeHtml(name)}</tspan>`;
    });
    return `<text x="${edge - 14}" y="${46 + index * rowHeight}">${entries.join("")}</text>`;
  });
  const height = top + plotHeight;
  const axes =
    `<text x="${width - edge}" y="${height - 8}" font-size="11" text-anchor="end">${escapeHtml(x)}</text>` +
    `<text x="${edge}" y="${height - 8}" font-size="11">${escapeHtml(y ? `↑ ${y}` : "")}</text>`;
  const heading = `<text x="${edge}" y="24" font-weight="600">${escapeHtml(title)}</text>`;
  return onPaper({ width, height }, heading + words.join("") + inside(drawing, 0, top) + axes);
}

/** @example scatterInWords(points, { title: "Chapters" }) // "Chapters: 135 points; Emma, 55 around (0.21, -0.4); …" */
export function scatterInWords(points: readonly ScatterPoint[], { title }: ScatterOptions): string {
  const told = groupsOf(points).map((name) => {
    const own = points.filter((point) => (point.group ?? "") === name);
    const mean = (axis: "x" | "y") => digits(own.reduce((sum, point) => sum + point[axis], 0) / own.length);
    return `${name ? `${name}, ` : ""}${own.length} around (${mean("x")}, ${mean("y")})`;
  });
  return `${title}: ${points.length} points; ${told.join("; ")}`;
}

/** In the order in which they come. */
function groupsOf(points: readonly ScatterPoint[]): string[] {
  return [...new Set(points.map(({ group = "" }) => group))];
}

/** Another colour and another sign than the group before; since five and four have no divisor in common, twenty looks. */
function look(group: number): { readonly color: string; readonly symbol: keyof typeof signs } {
  return { color: paints[group % paints.length].light, symbol: symbols[group % symbols.length] };
}

/** As many names in a row as there is room for. */
function legendRows(names: readonly string[]): { name: string; group: number }[][] {
  const rows: { name: string; group: number }[][] = [];
  let left = 0;
  names.forEach((name, group) => {
    const wide = (name.length + 2) * character + 14;
    if (rows.length === 0 || wide > left) {
      rows.push([]);
      left = width - 2 * edge;
    }
    rows[rows.length - 1].push({ name, group });
    left -= wide;
  });
  return rows;
}

function digits(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 2 });
}
