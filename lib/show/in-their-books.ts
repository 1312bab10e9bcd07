/** The longest passages of samples in their books, to be opened one by one without a script. */
import type { Passage, Trace } from "../trace/trace";
import { bookOf, lengthAndCount, lines } from "./citation";
import { excerptOf } from "./excerpt";
import { passageCount } from "./headline";
import { escapeHtml } from "./html";
import { groundStyle } from "./marked-sample";
import { count } from "./numbers";
import { faintInk, ink, paper, rule } from "./palette";
import { chip } from "./source-table";
import { visible } from "./visible";

/** Texts in which one passage is shown. */
const mostBooks = 3;
/** Characters of a passage that its line shows while it is closed. */
const firstWords = 64;

interface Found extends Passage {
  readonly words: string;
}

/** The passages, longest first, each once however often the samples repeat it; "" where there are none to open. */
export function inTheirBooks(
  traces: readonly Trace[],
  { opened, around }: { readonly opened: number; readonly around: number },
): string {
  const found = longestFirst(traces);
  const shown = found.slice(0, opened);
  if (shown.length === 0) return "";
  const shownOf = found.length > shown.length ? `${count(shown.length)} of ` : "";
  const { texts } = traces[0];
  const items = shown.map((passage) => {
    const books = passage.sources.slice(0, mostBooks).map(({ text }) => inBook(passage, text, texts, around));
    return `<details style="${item}"><summary style="${summary}">${summaryLine(passage)}</summary>${books.join("")}</details>`;
  });
  return `<p style="${heading}">In their books, longest first: ${shownOf}${passageCount(found.length)}</p>${items.join("")}`;
}

function longestFirst(traces: readonly Trace[]): Found[] {
  const byWords = new Map<string, Found>();
  for (const { sample, passages } of traces) {
    for (const passage of passages) {
      const words = sample.slice(passage.start, passage.end);
      byWords.set(words, { ...passage, words });
    }
  }
  return [...byWords.values()].sort((one, other) => other.words.length - one.words.length);
}

function summaryLine(passage: Found): string {
  const words = passage.words.replace(/\s+/g, " ").trim();
  const short = words.length > firstWords ? `${words.slice(0, firstWords).replace(/\s\S*$/, "")} …` : words;
  const chips = passage.sources
    .slice(0, mostBooks)
    .map(({ text }) => `<span style="${chip(text)}">[${text + 1}]</span>`);
  return `${chips.join(" ")} <span style="${serif};color:${ink}"><bdi>${escapeHtml(visible(short))}</bdi></span> <span style="color:${faintInk}">${lengthAndCount(passage)}</span>`;
}

function inBook(passage: Found, text: number, texts: Trace["texts"], around: number): string {
  const place = passage.occurrences.find((occurrence) => occurrence.text === text);
  if (!place) return "";
  const book = texts[text];
  const { before, passage: words, after } = excerptOf(book, place.offset, passage.words.length, { around });
  const [start, copy, end] = [before, words, after].map((part) => escapeHtml(visible(part)));
  const mark = groundStyle([{ ...passage, sources: [{ text, count: 1 }] }]);
  return (
    `<p style="${source}"><bdi>${escapeHtml(visible(bookOf(book)))}</bdi>, ${lines(passage, text)}</p>` +
    `<blockquote dir="auto" style="${excerpt}">${start}<mark style="${mark}">${copy}</mark>${end}</blockquote>`
  );
}

const serif = "font-family:Georgia,'Times New Roman',serif";
const heading = `margin:18px 0 4px;color:${faintInk};font-size:12px`;
const item = `border-top:1px solid ${rule};padding:6px 0;background:${paper};color:${ink}`;
const summary = `cursor:pointer;color:${ink};line-height:1.6`;
const source = `margin:10px 0 4px;color:${faintInk};font-size:12px`;
const excerpt =
  `margin:0 0 6px;padding:2px 0 2px 14px;border-left:3px solid ${rule};color:${ink};background:${paper};${serif};` +
  "font-size:14px;line-height:1.6;white-space:pre-wrap;overflow-wrap:break-word";
