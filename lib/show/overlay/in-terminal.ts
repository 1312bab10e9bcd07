/** A sample with its copied passages in colour, for a terminal. For notebooks and pages there is `overlay.ts`. */
import type { Trace } from "../../trace/trace";
import { isNear, withChanges, type ChangeWriter } from "./changes";
import { bookOf, reference } from "./sources/citation";
import { headline, passageCount } from "./headline";
import { cutTraces, type LabelledTrace } from "./labelled";
import { depthOf } from "./memorised";
import { count, share } from "../style/numbers";
import { groundColor, lineColor } from "../style/palette";
import { channels } from "../style/mixed";
import type { Piece } from "./pieces";
import { shareBesideZero, sourceRows, zeroRow, type SourceRow } from "./sources/source-list";
import { barred, strongly, surpriseOf } from "./surprise";
import { visible } from "../style/visible";

export interface TerminalOptions {
  /** Whether colours are used (default: where standard output is a terminal with 256 of them and `NO_COLOR` is not set). */
  readonly color?: boolean;
}

/**
 * A sample, or several below one another, with their passages in the colours of the overlay, or without colours between
 * « and »; `[n]` at the end of each, and the list of sources. Overlapping passages are underlined where they overlap. Near copies
 * are in italics, with [-what the text has-] and {+what the sample has instead+}; what is merely likely, where a counterfactual
 * says so, is faint and has no ground. What surprised the network, where the trace knows that, is bold.
 *
 * @throws where several samples were not traced in the same texts
 * @example console.log(ansi(trace(sample, library.texts)))
 */
export function ansi(
  traces: Trace | readonly LabelledTrace[],
  { color = takesColor() }: TerminalOptions = {},
): string {
  const all = cutTraces(traces);
  const samples = all.map(({ label, trace, pieces }) => {
    const words = pieces.map((piece) => pieceText(piece, trace, color));
    return `${[...(label ? [label] : []), ...headline(trace)].join(" · ")}\n\n${words.join("")}`;
  });
  const rows = sourceRows(all.map(({ trace }) => trace)).map((row) => sourceLine(row, color));
  const zero = zeroRow(all.map(({ trace }) => trace));
  if (rows.length > 0 && zero)
    rows.push(
      `held-out text has of all of them, from ${count(zero.minLength)} characters on: ${share(zero.copied)}`,
    );
  return [...samples, ...(rows.length ? [rows.join("\n")] : [])].join("\n\n");
}

/** Node asks `TERM` and its like what the terminal can, and keeps to `NO_COLOR` (no-color.org). */
function takesColor(): boolean {
  return Boolean(process.stdout.isTTY) && process.stdout.hasColors(256);
}

function pieceText(piece: Piece, trace: Trace, color: boolean): string {
  const { sample, texts } = trace;
  const { start, end, passages, ended } = piece;
  const surprise = surpriseOf(trace);
  const writer = color && surprise ? boldWhere(surprise, start) : inBrackets;
  const words = withChanges({ sample, start, end }, passages, texts, writer);
  if (!color) {
    const closed = passages.filter((passage) => passage.to === end);
    const begun = passages.filter((passage) => passage.from === start);
    return "«".repeat(begun.length) + words + closed.map((passage) => `»${reference(passage)}`).join("");
  }
  if (passages.length === 0) return words;
  const deepest = passages.reduce((one, other) => (depthOf(other) > depthOf(one) ? other : one));
  const depth = depthOf(deepest);
  const ground = groundColor(deepest.sources[0].text, depth);
  const codes = `${depth < 0 ? "2" : `38;5;16;48;5;${nearest(ground)}`}${passages.some(isNear) ? ";3" : ""}${passages.length > 1 ? ";4" : ""}`;
  // A ground that runs over a line feed would be painted to the edge of the terminal.
  const painted = words.replace(/[^\n]+/g, (line) => `\x1b[${codes}m${line}\x1b[0m`);
  return painted + ended.map((passage) => `\x1b[1m${reference(passage)}\x1b[22m`).join("");
}

/** Changes as `git diff --word-diff` writes them. */
const inBrackets: ChangeWriter = {
  kept: visible,
  leftOut: (words) => `[-${visible(words)}-]`,
  putIn: (words) => `{+${visible(words)}+}`,
};

/** Bold at which the network was surprised: from the middle of the levels on. */
function boldWhere(surprise: Float32Array, start: number): ChangeWriter {
  return barred(inBrackets, surprise, start, ({ words, level }) =>
    level < strongly ? words : words.replace(/[^\n]+/g, (line) => `\x1b[1m${line}\x1b[22m`),
  );
}

function sourceLine(row: SourceRow, color: boolean): string {
  const { index, text, longest, passages } = row;
  const number = `[${index + 1}]`;
  const chip = color ? `\x1b[38;5;231;48;5;${nearest(lineColor(index))}m${number}\x1b[0m` : number;
  return `${chip} ${visible(bookOf(text))} · ${shareBesideZero(row)} · longest ${count(longest)} · ${passageCount(passages)}`;
}

/** The nearest of the 6 × 6 × 6 colours that terminals number from 16; its levels are 0, 95, 135, 175, 215 and 255. */
function nearest(color: string): number {
  const [red, green, blue] = channels(color).map((value) =>
    value < 48 ? 0 : value < 115 ? 1 : Math.floor((value - 35) / 40),
  );
  return 16 + 36 * red + 6 * green + blue;
}
