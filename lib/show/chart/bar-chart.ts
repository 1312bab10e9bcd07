/** Bars that lie below one another as a still picture, like that of a line chart (`line-chart.ts`). */
import { escapeHtml } from "../style/html";
import { type BarChart, digits, sum } from "./bars-in-words";
import { chartSize, grounds, paints } from "./panel";
import { loadPlot } from "./plot";
import { fontFamily, inside, onPaper } from "./svg";

const { ink, axis } = grounds.light;
/** Pixels: a bar with the room around it, the title above, the room below. */
const layout = { bar: 30, top: 44, bottom: 14, left: 16, right: 24, character: 6.6 };

/**
 * Draws the bars, each with its sum at its end.
 *
 * @returns SVG
 */
export function barChart(chart: BarChart): string {
  const { parts, bars, unit } = chart;
  const { Plot, document } = loadPlot();
  const { width } = chartSize;
  const height = layout.top + layout.bar * bars.length + layout.bottom;
  const longest = bars.reduce((most, { label }) => Math.max(most, label.length), 0);
  const marks = parts.flatMap((_, part) => {
    const pieces = bars.map(({ label, values }) => ({
      label,
      from: sum(values.slice(0, part)),
      to: sum(values.slice(0, part + 1)),
    }));
    return Plot.barX(pieces, { x1: "from", x2: "to", y: "label", fill: paint(part), inset: 0.5 });
  });
  const sums = bars.map(({ label, values }) => ({
    label,
    sum: sum(values),
    words: `${digits(sum(values))} ${unit}`,
  }));
  const widest = sums.reduce((most, { words }) => Math.max(most, words.length), 0);
  const drawing = Plot.plot({
    document,
    width,
    height: height - layout.top,
    marginTop: 0,
    marginBottom: layout.bottom,
    marginLeft: layout.left + longest * layout.character + 10,
    marginRight: layout.right + widest * layout.character,
    style: { fontFamily, fontSize: "12px", color: ink },
    x: { axis: null, domain: [0, sums.reduce((most, one) => Math.max(most, one.sum), 0) || 1] },
    y: { domain: bars.map(({ label }) => label), label: null, tickSize: 0, padding: 0.3 },
    marks: [
      Plot.ruleX([0], { stroke: axis }),
      ...marks,
      Plot.text(sums, { x: "sum", y: "label", text: "words", textAnchor: "start", dx: 6, fill: ink }),
    ],
  });
  return onPaper({ width, height }, title(chart) + inside(drawing, 0, layout.top));
}

function title({ title, parts }: BarChart): string {
  const legend = parts.length > 1 ? parts : [];
  const beside = legend.map(
    (part, index) => `<tspan dx="14" fill="${paint(index)}">■ ${escapeHtml(part)}</tspan>`,
  );
  const words = `<tspan font-weight="600">${escapeHtml(title)}</tspan>`;
  return `<text x="${layout.left}" y="26">${words}${beside.join("")}</text>`;
}

function paint(part: number): string {
  return paints[part % paints.length].light;
}
