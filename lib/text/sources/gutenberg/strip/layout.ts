/** How a text is laid out: its lines and paragraphs, each with its place, and what may be cut out of it. */
import { lineStarts, rankOf } from "../../../../base/lines";

/** So many characters at most are joined. */
const JOINED = 100_000;

/** What is taken off a text, from an offset up to another, in UTF-16 units. */
export interface Cut {
  readonly from: number;
  readonly to: number;
  readonly reason: "head" | "licence" | "notes" | "credits";
}

/** Lines without a blank one between them. */
export class Paragraph {
  // Both are made when first asked for: of most paragraphs only the beginning is looked at.
  private parted: readonly string[] | undefined;
  private joined: string | undefined;

  /**
   * @param from where it begins
   * @param to where the line behind it begins
   * @param words what is read of it
   * @param gap the blank lines before it
   */
  constructor(
    readonly from: number,
    readonly to: number,
    readonly words: string,
    readonly gap: number,
  ) {}

  get lines(): readonly string[] {
    return (this.parted ??= this.words.split("\n").filter((line) => line.trim() !== ""));
  }

  /** The lines in one, with single spaces. */
  get text(): string {
    return (this.joined ??= onOneLine(this.words));
  }

  get firstLine(): string {
    const words = this.words.trimStart();
    const end = words.indexOf("\n");
    return end < 0 ? words : words.slice(0, end);
  }

  /** Whether its first line is set in capitals, as titles and chapters are. */
  get isHeadline(): boolean {
    return /\p{Lu}/u.test(this.firstLine) && !/\p{Ll}/u.test(this.firstLine);
  }
}

/** The lines of a text, which end in "\n", by their numbers from 0. */
export class Lines {
  readonly starts: readonly number[];

  constructor(readonly text: string) {
    const starts = lineStarts(text);
    if (text.endsWith("\n")) starts.pop();
    this.starts = starts;
  }

  get count(): number {
    return this.starts.length;
  }

  at(line: number): string {
    const end = this.start(line + 1);
    return this.text.slice(this.starts[line], this.text[end - 1] === "\n" ? end - 1 : end);
  }

  /** Where a line begins; of the line behind the last one, where the text ends. */
  start(line: number): number {
    return line < this.count ? this.starts[line] : this.text.length;
  }

  /** The line that holds an offset. */
  of(offset: number): number {
    return rankOf(this.starts, offset) - 1;
  }

  /** Also of a line before the first one or behind the last one. */
  isBlank(line: number): boolean {
    return line < 0 || line >= this.count || isBlank(this.text, this.starts[line], this.start(line + 1));
  }

  /** The first line from `line` on that is not blank, or `count`. */
  filled(line: number): number {
    let at = line;
    while (at < this.count && this.isBlank(at)) at++;
    return at;
  }

  /** The last line of the paragraph that holds `line`. */
  endOfParagraph(line: number): number {
    let at = line;
    while (!this.isBlank(at + 1)) at++;
    return at;
  }

  /** The first of some lines in which a pattern is found. */
  firstIn(first: number, last: number, pattern: RegExp): number | undefined {
    for (let at = first; at <= last; at++) if (pattern.test(this.at(at))) return at;
    return undefined;
  }

  /** Lines in one, with single spaces; of very long ones the beginning. */
  joined(first: number, last: number): string {
    const from = this.starts[first];
    return onOneLine(this.text.slice(from, Math.min(this.start(last + 1), from + JOINED)));
  }
}

/** The paragraphs between two offsets. */
export function paragraphsOf(text: string, from = 0, to = text.length): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let start: number | undefined;
  let gap = 0;
  for (let at = from; at <= to;) {
    const found = at < to ? text.indexOf("\n", at) : -1;
    const end = found < 0 || found > to ? to : found;
    if (!isBlank(text, at, end)) start ??= at;
    else {
      if (start !== undefined) {
        paragraphs.push(new Paragraph(start, at, text.slice(start, at), gap));
        [start, gap] = [undefined, 0];
      }
      gap++;
    }
    at = end + 1;
  }
  if (start !== undefined) paragraphs.push(new Paragraph(start, to, text.slice(start, to), gap));
  return paragraphs;
}

/** Whether there is only white space between two offsets, which the first character mostly tells. */
function isBlank(text: string, from: number, to: number): boolean {
  const first = text.charCodeAt(from);
  const isFilled = from < to && first > 0x20 && first < 0xa0;
  return !isFilled && text.slice(from, to).trim() === "";
}

/** Words with single spaces between them. One that is there already is not replaced: most are. */
function onOneLine(words: string): string {
  return words.replace(/[^\S ]\s*| \s+/g, " ").trim();
}

/** A text without the blank lines before its first words. */
export function fromFirstWords(text: string): string {
  const first = text.search(/\S/);
  return first < 0 ? "" : text.slice(text.lastIndexOf("\n", first) + 1);
}
