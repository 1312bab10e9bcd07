/** A passage in the books that it stands in, with the text around it, as it opens at its `[n]` without a script. */
import { lengthInText } from "../../trace/places";
import type { Passage, Trace } from "../../trace/trace";
import { asHtml, isNear, withChanges } from "./changes";
import { bookOf, lengthAndCount, lines } from "./sources/citation";
import { excerptOf } from "./excerpt";
import { groundStyle } from "./ground";
import { escapeHtml } from "../style/html";
import { count } from "../style/numbers";
import { faintInk, ink, paper, rule } from "../style/themes";
import { visible } from "../style/visible";

/** Texts in which one passage is shown. */
export const mostBooks = 3;

/**
 * The numbers of the longest passages of each sample, so many of all samples together; of passages with the same words
 * only the first.
 *
 * @param shown how many characters of each sample are shown: passages that end behind them do not count
 * @example longestPassages([first, second], { shown: [2000, 2000], limit: 3 }) // [Set {0, 4}, Set {2}]
 */
export function longestPassages(
  traces: readonly Trace[],
  { shown, limit }: { readonly shown: readonly number[]; readonly limit: number },
): Set<number>[] {
  const byWords = new Map<string, Record<"sample" | "number" | "length", number>>();
  traces.forEach(({ sample: words, passages }, sample) => {
    passages.forEach(({ start, end, length }, number) => {
      if (end > shown[sample]) return;
      const copy = words.slice(start, end);
      if (!byWords.has(copy)) byWords.set(copy, { sample, number, length });
    });
  });
  const longest = [...byWords.values()].sort((one, other) => other.length - one.length).slice(0, limit);
  const numbers = traces.map(() => new Set<number>());
  for (const { sample, number } of longest) numbers[sample].add(number);
  return numbers;
}

/** What opens: each book with the line, and the passage in it with `around` characters on each side. */
export function inItsBooks(
  passage: Passage,
  { sample, texts }: Pick<Trace, "sample" | "texts">,
  around: number,
): string {
  const books = passage.sources.slice(0, mostBooks).map(({ text }, index) => {
    const book = inBook(passage, text, texts, around);
    return index === 0 && isNear(passage) ? besideSample(passage, book, { sample, texts }) : book;
  });
  const more = passage.sources.length - mostBooks;
  const rest = more > 0 ? `<span style="${source}">and in ${count(more)} more texts</span>` : "";
  return `<span style="${card}"><span style="${source}">${lengthAndCount(passage)}</span>${books.join("")}${rest}</span>`;
}

/** A near copy in its best book and, beside it, as it is in the sample, with what was changed. */
function besideSample(
  passage: Passage,
  book: string,
  { sample, texts }: Pick<Trace, "sample" | "texts">,
): string {
  const words = withChanges({ sample, ...passage }, [passage], texts, asHtml);
  const own =
    `<span style="${source};color:${ink}">in the sample: what the book has struck out, what the sample has instead underlined</span>` +
    `<span dir="auto" style="${excerpt}">${words}</span>`;
  return `<span style="${beside}"><span style="${half}">${book}</span><span style="${half}">${own}</span></span>`;
}

function inBook(passage: Passage, text: number, texts: Trace["texts"], around: number): string {
  const place = passage.occurrences.find((occurrence) => occurrence.text === text);
  if (!place) return "";
  const length = lengthInText(passage, place);
  const { before, passage: words, after } = excerptOf(texts[text], place.offset, length, { around });
  const [start, copy, end] = [before, words, after].map((part) => escapeHtml(visible(part)));
  const mark = groundStyle([{ ...passage, sources: [{ text, count: 1 }] }]);
  return (
    `<span style="${source};color:${ink}"><bdi>${escapeHtml(visible(bookOf(texts[text])))}</bdi>, ${lines(passage, text)}</span>` +
    `<span dir="auto" style="${excerpt}">${start}<mark style="${mark}">${copy}</mark>${end}</span>`
  );
}

/** As wide as the sample, so that its words go on below. */
const card =
  `display:block;width:720px;max-width:100%;box-sizing:border-box;margin:6px 0 10px;padding:8px 14px;border:1px solid ${rule};border-left:3px solid ${rule};` +
  `background:${paper};color:${ink};font-family:system-ui,sans-serif;font-size:12px;line-height:1.5;white-space:normal`;
const beside = "display:flex;flex-wrap:wrap;gap:0 20px";
const half = "display:block;flex:1 1 260px;min-width:0";
const source = `display:block;margin:2px 0;color:${faintInk}`;
const excerpt =
  `display:block;margin:2px 0 8px;color:${ink};font-family:Georgia,'Times New Roman',serif;font-size:14px;` +
  "line-height:1.6;white-space:pre-wrap;overflow-wrap:break-word";
