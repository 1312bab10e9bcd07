/** Charts as still pictures: SVG that Observable Plot draws without a browser, inside an `<img>` that any notebook keeps. */
import { escapeHtml } from "../style/html";
import { chartSize, grounds } from "./panel";
import type { Drawing } from "./plot";

const { paper, ink, rule } = grounds.light;
export const fontFamily = "system-ui, sans-serif";

/** A whole SVG: drawings, which are SVG too, on the ground of all pictures. */
export function onPaper({ width, height }: { width: number; height: number }, drawings: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="${fontFamily}" font-size="12" fill="${ink}"><rect x="0.5" y="0.5" width="${width - 1}" ` +
    `height="${height - 1}" rx="8" fill="${paper}" stroke="${rule}"/>${drawings}</svg>`
  );
}

/** An SVG as wide as a chart inside an `<img>`, and what it shows in words. */
export function image(svg: string, alternative: string): string {
  const data = Buffer.from(svg).toString("base64");
  const style = `display:block;width:100%;max-width:${chartSize.width}px;height:auto`;
  return `<img src="data:image/svg+xml;base64,${data}" alt="${escapeHtml(alternative)}" style="${style}">`;
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
