/** The title of a panel and its legend, in SVG. */
import { escapeHtml } from "../style/html";
import { type Frame, type Panel, titleRows } from "./panel";

export function title(panel: Panel, frame: Frame): string {
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
