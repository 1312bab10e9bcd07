/** Charts as still pictures: SVG that Observable Plot draws without a browser, inside an `<img>` that any notebook keeps. */
import { escapeHtml } from "../style/html";
import { chartSize, extents, frames, grounds, titleRows, type Chart, type Frame, type Panel } from "./panel";
import { loadPlot, type Drawing } from "./plot";
import { thin } from "./thin";

const { paper, ink, rule, axis } = grounds.light;
export const fontFamily = "system-ui, sans-serif";
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

/** A whole SVG: drawings, which are SVG too, on the ground of all pictures. */
export function onPaper({ width, height }: { width: number; height: number }, drawings: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="${fontFamily}" font-size="12" fill="${ink}"><rect x="0.5" y="0.5" width="${width - 1}" ` +
    `height="${height - 1}" rx="8" fill="${paper}" stroke="${rule}"/>${drawings}</svg>`
  );
}

/**
 * The chart as HTML that an untrusted notebook keeps.
 *
 * @example display({ "text/html": picture(chart), "text/plain": chart.alternative })
 */
export function picture(chart: Chart): string {
  return image(lineChart(chart), chart.alternative);
}

/** An SVG as wide as a chart inside an `<img>`, and what it shows in words. */
export function image(svg: string, alternative: string): string {
  const data = Buffer.from(svg).toString("base64");
  const style = `display:block;width:100%;max-width:${chartSize.width}px;height:auto`;
  return `<img src="data:image/svg+xml;base64,${data}" alt="${escapeHtml(alternative)}" style="${style}">`;
}

function title(panel: Panel, frame: Frame): string {
  const { words: all, beside, rows } = titleRows(panel, frame);
  const spans = all.map((legend, index) => {
    const indent = index === beside ? "" : ` dx="12"`;
    return `<tspan${indent} fill="${panel.series[index].paint.light}">${escapeHtml(legend)}</tspan>`;
  });
  spans.unshift(`<tspan font-weight="600">${escapeHtml(panel.title)}</tspan>`);
  return rows
    .map((baseline, row) => {
      const words = row === 0 ? spans.slice(0, beside + 1) : spans.slice(beside + 1);
      return `<text x="${frame.x + 16}" y="${frame.y + baseline}">${words.join("")}</text>`;
    })
    .join("");
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

/** What Plot has drawn as part of a picture, at a place of it; without a style sheet, which a picture may not hold. */
export function inside(drawing: Drawing, x: number, y: number): string {
  drawing.setAttribute("x", String(x));
  drawing.setAttribute("y", String(y));
  for (const style of drawing.querySelectorAll("style")) style.remove();
  return shorten(drawing.outerHTML);
}

/** Rounds coordinates, which Plot writes with 16 digits, to a tenth of a pixel. */
function shorten(svg: string): string {
  return svg.replace(/ (?:d|transform|[xy][12]?)="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1)))),
  );
}
