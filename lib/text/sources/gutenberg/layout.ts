/** How a text is laid out: its lines and paragraphs, each with its place, and what may be cut out of it. */
import { lineStarts, rankOf } from "../../../base/lines";

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
  private joined: string | undefined;

  /**
   * @param from where it begins
   * @param to where the line behind it begins
   * @param gap the blank lines before it
   */
  constructor(
    readonly from: number,
    readonly to: number,
    readonly lines: readonly string[],
    readonly gap: number,
  ) {}

  /** The lines in one, with single spaces; joined when first asked for, since few are read. */
  get text(): string {
    return (this.joined ??= this.lines.join(" ").replace(/\s+/g, " ").trim());
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

  isBlank(line: number): boolean {
    return this.at(line).trim() === "";
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
    while (at + 1 < this.count && !this.isBlank(at + 1)) at++;
    return at;
  }

  /** Lines in one, with single spaces; of very long ones the beginning. */
  joined(first: number, last: number): string {
    return this.text
      .slice(this.starts[first], Math.min(this.start(last + 1), this.starts[first] + JOINED))
      .replace(/\s+/g, " ")
      .trim();
  }
}

/** The paragraphs between two offsets. */
export function paragraphsOf(text: string, from = 0, to = text.length): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let lines: string[] = [];
  let start = from;
  let gap = 0;
  for (let at = from; at <= to;) {
    const found = at < to ? text.indexOf("\n", at) : -1;
    const end = found < 0 || found > to ? to : found;
    const line = text.slice(at, end);
    if (line.trim() !== "") {
      if (lines.length === 0) start = at;
      lines.push(line);
    } else {
      if (lines.length > 0) {
        paragraphs.push(new Paragraph(start, at, lines, gap));
        [lines, gap] = [[], 0];
      }
      gap++;
    }
    at = end + 1;
  }
  if (lines.length > 0) {
    paragraphs.push(new Paragraph(start, to, lines, gap));
  }
  return paragraphs;
}

/** A text without the blank lines before its first words. */
export function fromFirstWords(text: string): string {
  const first = text.search(/\S/);
  return first < 0 ? "" : text.slice(text.lastIndexOf("\n", first) + 1);
}
