/**
 * A sample with its copied passages in colour, as HTML that a notebook keeps whether it is trusted or not: styles are
 * inline and plain, nothing is a script, all text is escaped. For terminals there is `terminal.ts`.
 */
import type { Trace } from "../trace/trace";
import { inTheirBooks } from "./in-their-books";
import { coverage } from "./coverage";
import { headline } from "./headline";
import { escapeHtml } from "./html";
import { markedSample } from "./marked-sample";
import { labelledTraces, type LabelledTrace } from "./labelled";
import { display, inNotebook } from "./notebook";
import { faintInk, ink, paper, rule } from "./palette";
import { sourceRows } from "./source-list";
import { sourceTable } from "./source-table";
import { ansi } from "./terminal";

export interface OverlayOptions {
  /** How many passages, the longest, can be opened to be read in their books; 12. Each costs about two kilobytes. */
  readonly opened?: number;
  /** How many characters of a book are shown on each side of a passage; 240. */
  readonly around?: number;
}

/**
 * Shows an overlay below the cell, or prints it.
 *
 * @example showOverlay(trace(sample, library.texts))
 */
export function showOverlay(traces: Trace | readonly LabelledTrace[], options: OverlayOptions = {}): void {
  display({
    "text/html": overlay(traces, options),
    "text/plain": ansi(traces, inNotebook() ? { color: false } : {}),
  });
}

/**
 * A sample, or several below one another, with each copied passage on a ground in the colour of its text, stronger for
 * longer ones; beside it `[n]`, the number of the text in the library; pointing at it says where it stands. Below come
 * the texts that were copied from and, to be opened, the longest passages in their books.
 *
 * Colours and numbers belong to a text's place in the library, so that they are the same in all samples of it.
 *
 * @returns an HTML element with its own ground, which reads on light and dark pages
 * @throws where several samples were not traced in the same texts
 * @example overlay([0.2, 0.6, 1].map((temperature) => ({ label: `temperature ${temperature}`, trace: … })))
 */
export function overlay(
  traces: Trace | readonly LabelledTrace[],
  { opened = 12, around = 240 }: OverlayOptions = {},
): string {
  const labelled = labelledTraces(traces);
  const all = labelled.map(({ trace }) => trace);
  const samples = labelled.map(({ label, trace }, index) => sample(label, trace, index > 0));
  return `<div style="${card}">${samples.join("")}${sourceTable(sourceRows(all))}${inTheirBooks(all, { opened, around })}</div>`;
}

function sample(label: string, trace: Trace, follows: boolean): string {
  const [first, ...rest] = headline(trace);
  const words = rest.length ? [`<strong style="${strong}">${first}</strong>`, ...rest] : [first];
  const name = label ? `<strong style="${strong}"><bdi>${escapeHtml(label)}</bdi></strong> · ` : "";
  return (
    `<figure style="margin:0${follows ? `;${separated}` : ""}"><figcaption style="${caption}">${name}${words.join(" · ")}</figcaption>` +
    `${coverage(trace)}${markedSample(trace)}</figure>`
  );
}

const card =
  `background:${paper};color:${ink};border:1px solid ${rule};border-radius:8px;padding:20px 26px 14px;margin:6px 0;` +
  "max-width:760px;box-sizing:border-box;font-family:system-ui,sans-serif;font-size:13px;line-height:1.5";
const caption = `color:${faintInk};font-size:13px;margin:0 0 8px`;
const strong = `color:${ink};font-weight:600`;
const separated = `border-top:1px solid ${rule};margin-top:18px;padding-top:16px`;
