/** Lines by x as a still picture, by Observable Plot. */
import { escapeHtml } from "../style/html";
import { type Chart, chartSize, extents, type Frame, frames, grounds, type Panel } from "./panel";
import { title } from "./panel-title";
import { loadPlot } from "./plot";
import { fontFamily, image, inside, onPaper } from "./svg";
import { thin } from "./thin";

const { ink, rule, axis } = grounds.light;
/** Points of a line at most: a picture has two pixels for each. */
const mostPoints = 250;

/**
 * Draws lines by x, on a ground of their own, so that they read on a light and on a dark page.
 *
 * @returns SVG
 */
export function lineChart({ x, panels }: Chart): string {
  const { height } = chartSize;
  const extent = extents(panels);
  const places = frames(panels.length);
  const drawings = places.map((frame, index) => {
    return title(panels[index], frame) + lines(panels[index], frame, extent.x, extent.y[index]);
  });
  const right = places[0].width - places[0].margin.right;
  drawings.push(
    `<text x="${right}" y="${height - 10}" font-size="11" text-anchor="end">${escapeHtml(x)}</text>`,
  );
  return onPaper(chartSize, drawings.join(""));
}

/**
 * The chart as HTML that an untrusted notebook keeps.
 *
 * @example display({ "text/html": picture(chart), "text/plain": chart.alternative })
 */
export function picture(chart: Chart): string {
  return image(lineChart(chart), chart.alternative);
}

function lines(
  { unit, series }: Panel,
  { x, y, width, height, margin }: Frame,
  xRange: [number, number],
  yRange: [number, number],
): string {
  const { Plot, document } = loadPlot();
  const ticks = Math.round(height / 50);
  const drawing = Plot.plot({
    document,
    width,
    height,
    marginTop: margin.top,
    marginRight: margin.right,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    style: { fontFamily, fontSize: "11px", color: ink },
    x: { domain: xRange, label: null, ticks: Math.round(width / 110), tickSize: 0 },
    y: { domain: yRange, label: null, ticks, tickSize: 0, tickFormat: unit === "share" ? "~%" : undefined },
    marks: [
      Plot.gridY({ stroke: rule, strokeOpacity: 1, ticks }),
      Plot.ruleY([yRange[0]], { stroke: axis }),
      ...series.flatMap(({ points, paint, symbol }) => {
        const few = thin(points, mostPoints);
        const line = Plot.lineY(few, { x: "x", y: "y", stroke: paint.light, strokeWidth: 2 });
        return symbol ? [line, Plot.dot(few, { x: "x", y: "y", symbol, fill: paint.light, r: 3.2 })] : [line];
      }),
    ],
  });
  return inside(drawing, x, y);
}
