/** The text of a sample with its passages marked, as HTML. */
import type { Passage, Trace } from "../trace/trace";
import { hover, reference } from "./citation";
import { escapeHtml } from "./html";
import { groundColor, ink, lineColor, paper } from "./palette";
import { cutPieces, type ShownPassage, type Piece } from "./pieces";
import { visible } from "./visible";

/** The sample, with a ground for the sources of each passage, a line below it for the passage itself, and `[n]` at its end. */
export function markedSample({ sample, passages, texts }: Trace): string {
  const pieces = cutPieces(sample, passages).map((piece) => {
    const words = escapeHtml(visible(sample.slice(piece.start, piece.end)));
    if (piece.passages.length === 0) return words;
    const title = piece.passages.map((passage) => hover(passage, texts)).join("\n\n");
    return `<mark title="${escapeHtml(visible(title))}" style="${markStyle(piece)}">${words}</mark>${piece.ended.map(note).join("")}`;
  });
  return `<div dir="auto" style="${page}">${pieces.join("")}</div>`;
}

/** @example note(passage) // <sup …>[2]</sup> in the colour of the second text */
export function note(passage: Passage): string {
  const color = lineColor(passage.sources[0].text);
  return `<sup style="color:${color};background:${paper};${noteFont}">${reference(passage)}</sup>`;
}

/** The ground of up to three sources, as bands of the same height. Of a source's copies the longest tells how strong it is. */
export function groundStyle(passages: readonly Passage[]): string {
  const lengths = new Map<number, number>();
  for (const { start, end, sources } of passages) {
    for (const { text } of sources) lengths.set(text, Math.max(lengths.get(text) ?? 0, end - start));
  }
  const colors = [...lengths].slice(0, 3).map(([text, length]) => groundColor(text, length));
  const ground = `color:${ink};background-color:${colors[0]}`;
  if (colors.length === 1) return ground;
  const stops = colors.flatMap((color, band) => {
    return [band, band + 1].map((edge) => `${color} ${Math.round((100 * edge) / colors.length)}%`);
  });
  return `${ground};background-image:linear-gradient(to bottom,${stops.join(",")})`;
}

function markStyle({ start, end, passages }: Piece): string {
  const left = passages.some((passage) => passage.from === start) ? 3 : 0;
  const right = passages.some((passage) => passage.to === end) ? 3 : 0;
  return `${groundStyle(passages)};box-shadow:${laneLines(passages)};border-radius:${left}px ${right}px 0 0;padding:1px 0`;
}

/** Lines two pixels high with one between them, as shadows: a passage keeps its line where others overlap it. */
function laneLines(passages: readonly ShownPassage[]): string {
  const lanes = Math.max(...passages.map(({ lane }) => lane)) + 1;
  const shadows = Array.from({ length: Math.min(lanes, mostLanes) }, (_, lane) => {
    const passage = passages.find((one) => one.lane % mostLanes === lane);
    const line = `0 ${3 * lane + 2}px 0 ${passage ? lineColor(passage.sources[0].text) : paper}`;
    return lane === 0 ? line : `0 ${3 * lane}px 0 ${paper},${line}`;
  });
  return shadows.join(",");
}

/** More lines would reach into the next line of text. */
const mostLanes = 3;

const page =
  `color:${ink};font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:1.75;` +
  "white-space:pre-wrap;overflow-wrap:break-word";
const noteFont =
  "font-family:system-ui,sans-serif;font-size:10px;font-weight:600;line-height:1;vertical-align:super;padding:0 1px 0 2px";
