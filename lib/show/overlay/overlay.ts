/**
 * A sample with its copied passages in colour, as HTML that a notebook keeps whether it is trusted or not: styles are
 * inline and plain, nothing is a script, all text is escaped. For terminals there is `in-terminal.ts`.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Trace } from "../../trace/trace";
import { isNear } from "./changes";
import { coverage } from "./coverage";
import { headline, passageCount } from "./headline";
import { escapeHtml } from "../style/html";
import { longestPassages } from "./in-its-books";
import { fittingCharacters, markedSample, type MarkOptions } from "./marked-sample";
import { cutTraces, type CutTrace, type LabelledTrace } from "./labelled";
import { display, inNotebook } from "../notebook";
import { count } from "../style/numbers";
import { overlayPicture } from "./picture";
import { faintInk, ink, paper, rule } from "../style/themes";
import { skyline, surpriseKey, surpriseOf } from "./surprise";
import { sourceRows, zeroRow } from "./sources/source-list";
import { sourceTable } from "./sources/source-table";
import { ansi } from "./in-terminal";
import { visible } from "../style/visible";

export interface OverlayOptions {
  /**
   * How many passages, the longest, open at their `[n]` to be read in their books (default: 12). Each costs about two
   * kilobytes.
   */
  readonly opened?: number;
  /** How many characters of a book are shown on each side of a passage (default: 240). */
  readonly around?: number;
}

/** What a page of its own asks of an overlay. */
export interface ForPage {
  /** Whether marks say in attributes what a script in the page asks of them (default: false). */
  readonly scripted?: boolean;
  /** Whether a picture is kept for pages that take styles off (default: true). */
  readonly pictured?: boolean;
  /** Characters of HTML that samples may take, about, before their rest is left out (default: 1,200,000). */
  readonly room?: number;
  /** HTML at the end of the overlay's element, such as a script (default: none). */
  readonly foot?: string;
}

/**
 * Shows an overlay below the cell, or prints it. Where the notebook is trusted its legend is a filter.
 *
 * @example showOverlay(trace(sample, library.texts))
 */
export function showOverlay(traces: Trace | readonly LabelledTrace[], options: OverlayOptions = {}): void {
  display({
    "text/html": overlay(traces, { ...options, scripted: true, foot: filterElement() }),
    "text/plain": ansi(traces, inNotebook() ? { color: false } : {}),
  });
}

/**
 * A sample, or several below one another, with each copied passage on a ground in the colour of its text, stronger for
 * longer ones; behind it `[n]`, the number of the text in the library; pointing at it says where it stands. The `[n]` of
 * the longest opens and shows the passage in its books. Below come the texts that were copied from. Where a trace knows how
 * surprised the network was (`surprised`), bars above the letters say so.
 *
 * Colours and numbers belong to a text's place in the library, so that they are the same in all samples of it. Of very long
 * samples, with thousands of passages, the beginning is shown: a notebook is to stay light. `saveOverlay` shows all.
 *
 * @returns an HTML element with its own ground, which reads on light and dark pages
 * @throws where several samples were not traced in the same texts
 * @example overlay([0.2, 0.6, 1].map((temperature) => ({ label: `temperature ${temperature}`, trace: … })))
 */
export function overlay(
  traces: Trace | readonly LabelledTrace[],
  {
    opened = 12,
    around = 240,
    scripted = false,
    pictured = true,
    room = 1_200_000,
    foot = "",
  }: OverlayOptions & ForPage = {},
): string {
  const cut = cutTraces(traces);
  const all = cut.map(({ trace }) => trace);
  const shown = cut.map((one) => fittingCharacters(one, { room: room / all.length, scripted }));
  const open = longestPassages(all, { shown, limit: opened });
  const samples = cut.map((one, index) => {
    const options = { opened: open[index], around, scripted, shown: shown[index] };
    return sample(one, { ...options, follows: index > 0 });
  });
  const spare = pictured ? `<div style="display:none">${picture(cut)}</div>` : "";
  return `<div style="${card}">${spare}${samples.join("")}${sourceTable(sourceRows(all), { zero: zeroRow(all), scripted })}${howToRead(all, open, scripted)}${foot}</div>`;
}

/** Read when it is wanted: a page for the browser has this file in it, and no files (`web/`). */
export function filterScript(): string {
  return readFileSync(path.join(__dirname, "..", "page", "filter-in-page.cjs"), "utf8");
}

/** Boxes and slider are light on every page, as the ground is. */
const filterElement = () =>
  `<script>{ const module = {}; ${filterScript()} const root = document.currentScript?.parentElement; ` +
  `if (root) { root.style.colorScheme = "light"; module.exports(root); } }</script>`;

/** Seen only where a page has taken all styles off, the one that hides it as well: the colours that the words have lost. */
function picture(samples: readonly CutTrace[]): string {
  const data = Buffer.from(overlayPicture(samples)).toString("base64");
  const words = samples.map(({ label, trace }) => [label, ...headline(trace)].filter(Boolean).join(" · "));
  return `<img src="data:image/svg+xml;base64,${data}" alt="${escapeHtml(visible(words.join("; ")))}">`;
}

function sample(cut: CutTrace, { follows, ...options }: MarkOptions & { readonly follows: boolean }): string {
  const { label, trace } = cut;
  const [first, ...rest] = headline(trace);
  const words =
    trace.passages.length > 0 ? [`<strong style="${strong}">${first}</strong>`, ...rest] : [first, ...rest];
  const name = label ? `<strong style="${strong}"><bdi>${escapeHtml(visible(label))}</bdi></strong> · ` : "";
  return (
    `<figure style="margin:0${follows ? `;${separated}` : ""}"><figcaption style="${caption}">${name}${words.join(" · ")}</figcaption>` +
    `${coverage(cut)}${skyline(cut)}${markedSample(cut, options)}${leftOut(trace, options.shown)}</figure>`
  );
}

function leftOut({ sample }: Trace, shown: number): string {
  if (shown >= sample.length) return "";
  return `<p style="${aside}">… the first ${count(shown)} of ${count(sample.length)} characters; saveOverlay writes all of them to a page</p>`;
}

function howToRead(
  traces: readonly Trace[],
  opened: readonly ReadonlySet<number>[],
  scripted: boolean,
): string {
  const all = traces.reduce((sum, { passages }) => sum + passages.length, 0);
  const open = opened.reduce((sum, { size }) => sum + size, 0);
  const near = traces.some(({ passages }) => passages.some(isNear))
    ? `<p style="${aside}">${nearInWords}</p>`
    : "";
  const surprise = traces.some(surpriseOf) ? `<p style="${aside}" data-bars="">${surpriseKey()}</p>` : "";
  if (open === 0) return near + surprise;
  const which =
    open < all ? `the ${count(open)} longest of ${passageCount(all)} open` : `${passageCount(all)} open`;
  return `${near}${surprise}<p${scripted ? ` data-how=""` : ""} style="${aside}">an underlined [n] opens its passage in its book: ${which}</p>`;
}

const nearInWords =
  "a dashed line: copied with changes; struck out is what the book has, underlined what the sample has instead";

const card =
  `background:${paper};color:${ink};border:1px solid ${rule};border-radius:8px;padding:20px 26px 14px;margin:6px 0;` +
  "max-width:760px;box-sizing:border-box;font-family:system-ui,sans-serif;font-size:13px;line-height:1.5";
const caption = `color:${faintInk};font-size:13px;margin:0 0 8px`;
const strong = `color:${ink};font-weight:600`;
const separated = `border-top:1px solid ${rule};margin-top:18px;padding-top:16px`;
const aside = `margin:4px 0 0;color:${faintInk};font-size:12px`;
