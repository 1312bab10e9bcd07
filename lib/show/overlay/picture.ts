/**
 * An overlay as a still picture, for pages of code hosts that take the styles off a notebook's HTML and leave its
 * pictures: SVG, every line laid out here, in a font whose letters are all of a width.
 */
import { isNear } from "./changes";
import { bookOf, reference } from "./sources/citation";
import { headline } from "./headline";
import { escapeHtml } from "../style/html";
import type { CutTrace } from "./labelled";
import { depthOf } from "./memorised";
import { groundColor, lineColor } from "../style/palette";
import { faintInk, ink, paper, rule } from "../style/themes";
import { surpriseColor, surprises } from "../style/surprise-colors";
import type { Piece } from "./pieces";
import { shareBesideZero, sourceRows } from "./sources/source-list";
import { levelOf, surpriseOf } from "./surprise";
import { visible } from "../style/visible";

/** Pixels. */
const width = 760;
const margin = 26;
const lineHeight = 24;
const cell = 8;
/** Letters of a line. */
const columns = Math.floor((width - 2 * margin) / cell);
/** Characters of a sample that the picture shows; it stands for the rest. */
const mostCharacters = 2000;
const mostSources = 12;
/** A space that counts in the width of its run at either end, too. */
const noBreak = "\u00a0";

/** One letter, or the `[n]` behind a passage. */
interface Glyph {
  readonly text: string;
  readonly cells: number;
  readonly piece: Piece | undefined;
  readonly note: boolean;
  /** How surprised the network was, as a level; 0 where that is not known. */
  readonly surprise: number;
}

/** @returns SVG */
export function overlayPicture(samples: readonly CutTrace[]): string {
  const drawing: string[] = [];
  let y = margin + 4;
  for (const cut of samples) {
    const { label, trace } = cut;
    const title = [...(label ? [label] : []), ...headline(trace)].join(" · ");
    drawing.push(textAt(margin, y, visible(title), `fill="${faintInk}" font-size="12"`));
    y += 10;
    for (const line of linesOf(glyphsOf(cut))) {
      y += lineHeight;
      drawing.push(drawLine(line, y));
    }
    y += lineHeight + 14;
  }
  for (const row of sourceRows(samples.map(({ trace }) => trace)).slice(0, mostSources)) {
    const { index, text } = row;
    const chip = `<rect x="${margin}" y="${y - 13}" width="${4 * cell}" height="18" rx="3" fill="${groundColor(index, 100)}"/>`;
    const words = `[${index + 1}]  ${visible(bookOf(text))} · ${shareBesideZero(row)}`;
    drawing.push(chip + textAt(margin + 2, y, words, `fill="${ink}" font-size="13"`));
    y += lineHeight;
  }
  const height = y;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="13">` +
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${paper}" stroke="${rule}"/>` +
    `${drawing.join("")}</svg>`
  );
}

function glyphsOf({ trace, pieces }: CutTrace): Glyph[] {
  const { sample } = trace;
  const known = surpriseOf(trace);
  const shown = sample.slice(0, mostCharacters).replace(/[\ud800-\udbff]$/, "");
  const glyphs = pieces.flatMap((piece): Glyph[] => {
    const marked = piece.passages.length > 0 ? piece : undefined;
    let at = piece.start;
    const letters = [...shown.slice(piece.start, piece.end)].flatMap((character) => {
      const surprise = known ? levelOf(known[at]) : 0;
      at += character.length;
      return [...visible(character)].map((text) => ({
        text,
        cells: 1,
        piece: marked,
        note: false,
        surprise,
      }));
    });
    if (piece.end > shown.length) return letters;
    const notes = piece.ended.map((passage) => {
      const text = reference(passage);
      return { text, cells: text.length * 0.8, piece, note: true, surprise: 0 };
    });
    return [...letters, ...notes];
  });
  const rest = { text: "…", cells: 1, piece: undefined, note: false, surprise: 0 };
  return shown.length < sample.length ? [...glyphs, rest] : glyphs;
}

/** Breaks at line feeds, and at the last white space where a line is full; a word longer than a line is cut. */
function linesOf(glyphs: readonly Glyph[]): Glyph[][] {
  const lines: Glyph[][] = [];
  let line: Glyph[] = [];
  let cells = 0;
  for (const glyph of glyphs) {
    if (glyph.text === "\n") {
      lines.push(line);
      [line, cells] = [[], 0];
      continue;
    }
    if (cells + glyph.cells > columns) {
      const cut = line.map(({ text }) => text).lastIndexOf(" ") + 1 || line.length;
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
      cells = line.reduce((sum, one) => sum + one.cells, 0);
    }
    line.push(glyph);
    cells += glyph.cells;
  }
  return [...lines, line];
}

/** The grounds and lines of each piece, then its letters, stretched to their cells whatever font there is. */
function drawLine(line: readonly Glyph[], y: number): string {
  const drawing: string[] = [];
  let x = margin;
  for (let first = 0; first < line.length;) {
    const { piece, note } = line[first];
    let last = first;
    while (last < line.length && line[last].piece === piece && line[last].note === note) last++;
    const run = line.slice(first, last);
    const length = cell * run.reduce((sum, { cells }) => sum + cells, 0);
    const words = run.map(({ text }) => text).join("");
    if (note && piece) {
      const color = lineColor(piece.ended[0].sources[0].text);
      drawing.push(textAt(x, y - 5, words, `fill="${color}" font-size="10" font-weight="600"`, length - 1));
    } else {
      if (piece) drawing.push(markAt(piece, x, y, length));
      if (words.trim()) drawing.push(textAt(x, y, words, `fill="${ink}"`, length));
    }
    drawing.push(barsOver(run, x, y));
    x += length;
    first = last;
  }
  return drawing.join("");
}

function markAt({ passages }: Piece, x: number, y: number, width: number): string {
  const [first] = passages;
  const depth = Math.max(...passages.map(depthOf));
  const ground = depth < 0 ? paper : groundColor(first.sources[0].text, depth);
  const lines = passages.slice(0, 3).map((passage) => {
    const line = { y: y + 6 + 3 * (passage.lane % 3), color: lineColor(passage.sources[0].text) };
    const dashes = isNear(passage) ? ` stroke-dasharray="5 3"` : "";
    return `<path d="M${x} ${line.y}h${width}" stroke="${line.color}" stroke-width="2"${dashes}/>`;
  });
  return `<rect x="${x}" y="${y - 13}" width="${width}" height="18" fill="${ground}"/>${lines.join("")}`;
}

/** Bars above letters at which the network was surprised, as high as on a page. */
function barsOver(run: readonly Glyph[], left: number, y: number): string {
  let x = left;
  const bars = run.map(({ surprise, cells }) => {
    const begin = x;
    x += cell * cells;
    if (surprise === 0) return "";
    const { height } = surprises[surprise - 1];
    return `<path d="M${begin} ${y - 13 - height}h${cell}v${height}h${-cell}z" fill="${surpriseColor(surprise)}"/>`;
  });
  return bars.join("");
}

function textAt(x: number, y: number, words: string, attributes: string, length?: number): string {
  const stretched = length ? ` textLength="${length}" lengthAdjust="spacingAndGlyphs"` : "";
  return `<text x="${x}" y="${y}" ${attributes}${stretched}>${escapeHtml(words.replace(/ /g, noBreak))}</text>`;
}
