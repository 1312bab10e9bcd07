/** The text of a sample with its passages marked, as HTML. */
import type { Trace } from "../../trace/trace";
import { asHtml, isNear, withChanges } from "./changes";
import { hover, reference } from "./sources/citation";
import { groundStyle, longestBySource } from "./ground";
import { escapeHtml } from "../style/html";
import { inItsBooks } from "./in-its-books";
import { lineColor } from "../style/palette";
import { ink, paper } from "../style/themes";
import type { CutTrace } from "./labelled";
import type { ShownPassage, Piece } from "./pieces";
import { barred, surpriseOf } from "./surprise";
import { visible } from "../style/visible";

export interface MarkOptions {
  /** The numbers of the passages that open in their books. */
  readonly opened: ReadonlySet<number>;
  /** Characters of a book on each side of a passage. */
  readonly around: number;
  /** Whether marks say in attributes what a script in the page asks of them. */
  readonly scripted: boolean;
  /** How many characters of the sample are shown. */
  readonly shown: number;
}

/**
 * The sample, with a ground for the sources of each passage, a line below it for the passage itself, and `[n]` at its
 * end. The line of a near copy is dashed; within it, what its text has is struck out, and what the sample has instead
 * is underlined.
 */
export function markedSample({ trace, pieces }: CutTrace, options: MarkOptions): string {
  const seen = pieces.filter(({ start }) => start < options.shown);
  const html = seen.map((piece) => pieceOf(piece, trace, options));
  const style = surpriseOf(trace) ? `${page};line-height:2.2` : page;
  return `<div dir="auto" style="${style}">${inBlocks(trace.sample, seen, html)}</div>`;
}

/**
 * How many characters of a sample there is room for, up to the end of a word.
 *
 * @param room characters of HTML, of which what opens at a `[n]` takes none
 */
export function fittingCharacters(
  { trace, pieces }: CutTrace,
  { room, scripted }: { readonly room: number; readonly scripted: boolean },
): number {
  const { sample } = trace;
  const options = { opened: new Set<number>(), around: 0, scripted, shown: sample.length };
  let left = room;
  for (const piece of pieces) {
    const { length } = pieceOf(piece, trace, options);
    if (length > left) {
      const fits = (shown: number) => pieceOf(piece, trace, { ...options, shown }).length <= left;
      let [most, tooMany] = [piece.start, piece.end];
      while (tooMany - most > 1) {
        const middle = (most + tooMany) >> 1;
        if (fits(middle)) most = middle;
        else tooMany = middle;
      }
      const words = sample.slice(piece.start, most);
      return piece.start + words.replace(/\S{1,40}$|[\ud800-\udbff]$/, "").length;
    }
    left -= length;
  }
  return sample.length;
}

function pieceOf(piece: Piece, trace: Trace, options: MarkOptions): string {
  const { sample, texts } = trace;
  const shown = { sample, start: piece.start, end: Math.min(piece.end, options.shown) };
  const surprise = surpriseOf(trace);
  const writer = surprise ? barred(asHtml, surprise, piece.start) : asHtml;
  const words = withChanges(shown, piece.passages, texts, writer);
  if (piece.passages.length === 0) return words;
  const title = escapeHtml(visible(piece.passages.map((passage) => hover(passage, texts)).join("\n\n")));
  const notes = piece.passages.filter(({ number, to }) => {
    return (
      to === piece.end && (options.opened.has(number) || piece.ended.some((one) => one.number === number))
    );
  });
  const data = options.scripted ? dataOf(piece) : "";
  return (
    `<mark title="${title}" style="${markStyle(piece)}"${data}>${words}</mark>` +
    notes.map((passage) => noteOf(passage, { sample, texts }, options)).join("")
  );
}

/** Characters of a block of a long sample. */
const blockLength = 2000;

/** A long sample in blocks, of which a browser lays out those that are in view. A block ends with a line. */
function inBlocks(sample: string, pieces: readonly Piece[], html: readonly string[]): string {
  if (sample.length < 5 * blockLength) return html.join("");
  const blocks: string[][] = [[]];
  let begin = 0;
  pieces.forEach(({ start }, index) => {
    if (start - begin >= blockLength && sample[start - 1] === "\n") {
      blocks.push([]);
      begin = start;
    }
    blocks[blocks.length - 1].push(html[index]);
  });
  return blocks.map((block) => `<div dir="auto" style="${unseen}">${block.join("")}</div>`).join("");
}

const unseen = "content-visibility:auto;contain-intrinsic-size:auto 900px";

/** `[2]` in the colour of the second text; where the passage opens, underlined, and what opens. */
function noteOf(
  passage: ShownPassage,
  trace: Pick<Trace, "sample" | "texts">,
  { opened, around }: MarkOptions,
): string {
  const color = lineColor(passage.sources[0].text);
  const font = `color:${color};background:${paper};${noteFont}`;
  if (!opened.has(passage.number)) return `<sup style="${font}">${reference(passage)}</sup>`;
  const title = escapeHtml(visible(hover(passage, trace.texts)));
  return (
    `<details style="display:inline-block;max-width:100%;vertical-align:top"><summary title="${title}" style="display:inline;cursor:pointer">` +
    `<sup style="${font};text-decoration:underline">${reference(passage)}</sup></summary>` +
    `${inItsBooks(passage, trace, around)}</details>`
  );
}

/** The passages of a piece by number, and of each text that they stand in the length of the longest. */
function dataOf({ passages }: Piece): string {
  const copies = [...longestBySource(passages)].map(([text, length]) => `${text}:${length}`);
  return ` data-passages="${passages.map(({ number }) => number).join(" ")}" data-copies="${copies.join(" ")}"`;
}

function markStyle({ start, end, passages }: Piece): string {
  const left = passages.some((passage) => passage.from === start) ? 3 : 0;
  const right = passages.some((passage) => passage.to === end) ? 3 : 0;
  const corners = left + right > 0 ? `;border-radius:${left}px ${right}px 0 0` : "";
  const exact = passages.filter((passage) => !isNear(passage));
  const near = passages.find(isNear);
  const lines = [
    ...(near ? [`border-bottom:2px dashed ${lineColor(near.sources[0].text)}`] : []),
    ...(exact.length > 0 ? [`box-shadow:${laneLines(exact)}`] : []),
  ];
  return `${groundStyle(passages)};${lines.join(";")};padding:1px 0${corners}`;
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
const noteFont = "font:600 10px/1 system-ui,sans-serif;vertical-align:super;padding:0 1px 0 2px";
