/**
 * Where in a file Project Gutenberg's heads and licences stand. Each is taken by itself and ends where its own words
 * end, so that several books in one file, and words of one's own before, between and behind them, are none of it.
 */
import { rankOf } from "../../../base/lines";
import { Lines } from "./layout";
import {
  END_LINE,
  END_MARKER,
  FIELD,
  isHead,
  isHeadLine,
  isLicence,
  LICENCE_END,
  LICENCE_START,
  LICENCE_STUB,
  MAYBE_END_LINE,
  SMALL_PRINT_END,
  START_MARKER,
  SURE_FIELD,
} from "./publisher-words";

export interface Section {
  readonly kind: "head" | "licence";
  /** Its lines, from 0, both included. */
  readonly first: number;
  readonly last: number;
}

/** A head is at most so long, in lines; those of the 1990s hold the whole licence. */
const HEAD_LINES = 450;
const LICENCE_LINES = 700;
const SMALL_PRINT_LINES = 250;
/** As many lines of a head or licence may pass without a sentence that is known, where its end is known. */
const UNKNOWN_HEAD = 14;
const UNKNOWN_LICENCE = 40;
/** The same where its end is not known. */
const UNKNOWN_OPEN = 4;
/** Longer paragraphs are somebody's words to which a line of the licence is joined. */
const PARAGRAPH_LINES = 30;

const CANDIDATE = /gutenberg|the small print|full licen[sc]e|\bend of (?:the |this )?e-?(?:text|book)/gi;

/** The heads and licences of a text, in order. */
export function sectionsOf(lines: Lines): Section[] {
  const candidates = candidatesIn(lines);
  const found: Section[] = [];
  const finder = new Finder(lines, candidates);
  for (const line of candidates) {
    const before = found.length > 0 ? found[found.length - 1] : undefined;
    const free = before ? before.last + 1 : 0;
    if (line < free) continue;
    const section =
      finder.headAt(line, free, before?.kind === "head") ?? finder.licenceAt(line, before?.kind === "head");
    if (section) found.push(section);
  }
  return found;
}

/** The lines that name the publisher: none without it is a marker. */
function candidatesIn(lines: Lines): number[] {
  const found: number[] = [];
  CANDIDATE.lastIndex = 0;
  for (let match = CANDIDATE.exec(lines.text); match; match = CANDIDATE.exec(lines.text)) {
    const line = lines.of(match.index);
    found.push(line);
    CANDIDATE.lastIndex = Math.max(lines.start(line + 1), match.index + 1);
  }
  return found;
}

class Finder {
  /** The last line with a marker that ends a book, once it was asked for. */
  private lastEnd: number | undefined;

  constructor(
    private readonly lines: Lines,
    private readonly candidates: readonly number[],
  ) {}

  /**
   * @param free the first line that belongs to no section before
   * @param isOpen whether a book has begun and not ended
   */
  headAt(line: number, free: number, isOpen = false): Section | undefined {
    const { lines } = this;
    const text = lines.at(line);
    if (isHeadLine(text)) {
      const marker = this.markerBehind(line);
      if (marker !== undefined) return this.head(this.fieldsAbove(line, free), this.endOfMarker(marker));
      const last = this.endOfOpenHead(line, free);
      return last === undefined ? undefined : this.head(this.fieldsAbove(line, free), last);
    }
    if (!START_MARKER.test(text) && !SMALL_PRINT_END.test(text)) return undefined;
    const first = this.headAbove(line, free);
    const isFirst = lines.filled(free) === first;
    const last = this.endOfMarker(line);
    const isMarker = first < line || this.isBlank(line - 1) || this.isBlank(last + 1); // not a line of a paragraph
    if (!isMarker || (first === line && !isFirst && (isOpen || !this.hasEnd(line)))) return undefined;
    return this.head(first, last);
  }

  /** @param isOpen whether a book has begun and not ended */
  licenceAt(line: number, isOpen: boolean): Section | undefined {
    const { lines } = this;
    const text = lines.at(line);
    const isMarker = END_MARKER.test(text);
    const isLine = (!isMarker && MAYBE_END_LINE.test(text)) || END_LINE.test(text);
    if (!isMarker && !isLine && !LICENCE_START.test(text)) return undefined;
    const last = isMarker ? this.endOfMarker(line) : isLine ? this.endOfEndLine(line) : line;
    if (isLine && !this.isBlank(line - 1)) return undefined;
    const isSure = isMarker || (isLine && END_LINE.test(lines.joined(line, last)));
    const isBelieved = this.isTheirs(last)
      ? isSure || !isLine || this.isMarked(last)
      : isOpen && isSure && !this.endsLater(last);
    return isBelieved ? { kind: "licence", first: line, last: this.endOfLicence(last) } : undefined;
  }

  private head(first: number, last: number): Section {
    return { kind: "head", first, last: this.endOfSecondHead(first, last) };
  }

  /** The marker that ends the head which begins in `line`, where all that stands between is of a head. */
  private markerBehind(line: number): number | undefined {
    const { lines } = this;
    const end = Math.min(line + HEAD_LINES, lines.count);
    let unknown = 0;
    let hasEvidence = false;
    for (let at = line + 1; at < end; at++) {
      const text = lines.at(at);
      if (START_MARKER.test(text) || SMALL_PRINT_END.test(text)) return at;
      if (END_MARKER.test(text) || END_LINE.test(text)) return undefined;
      if (lines.isBlank(at)) continue;
      const print = this.endOfSmallPrint(at, end);
      if (print !== undefined) return print;
      const last = lines.endOfParagraph(at);
      const marker = this.firstIn(at + 1, last, START_MARKER) ?? this.firstIn(at + 1, last, SMALL_PRINT_END);
      if (!hasEvidence && this.beginsAnew(at, last, unknown)) return undefined;
      if (isHead(lines.joined(at, Math.min(last, at + PARAGRAPH_LINES)))) [unknown, hasEvidence] = [0, true];
      else if ((unknown += last - at + 1) > UNKNOWN_HEAD) return undefined;
      at = marker === undefined ? last : marker - 1;
    }
    return undefined;
  }

  /** Whether the head begins in this paragraph, and what stood above it were other words. */
  private beginsAnew(first: number, last: number, unknown: number): boolean {
    for (let at = first; at <= Math.min(last, first + PARAGRAPH_LINES); at++) {
      if (isHeadLine(this.lines.at(at)))
        return at === first ? unknown > 0 : !isHead(this.lines.joined(first, at - 1));
    }
    return false;
  }

  /** The last line of a head that no marker ends: it goes on as long as its sentences do. */
  private endOfOpenHead(line: number, free: number): number | undefined {
    const { lines } = this;
    const isFirst = lines.filled(free) === line || FIELD.test(lines.at(lines.filled(free)));
    let evidence = 0;
    let unknown = 0;
    let end: number | undefined;
    for (let at = line + 1; at < Math.min(line + HEAD_LINES, lines.count); at++) {
      if (lines.isBlank(at)) continue;
      const last = lines.endOfParagraph(at);
      const text = lines.joined(at, Math.min(last, at + PARAGRAPH_LINES));
      if (END_MARKER.test(text) || END_LINE.test(text) || LICENCE_START.test(text)) break;
      if (evidence === 0 && this.beginsAnew(at, last, unknown)) return undefined;
      if (isHead(text) && last - at < PARAGRAPH_LINES) {
        evidence += FIELD.test(text) && isFirst ? 2 : 1;
        [unknown, end] = [0, last];
      } else if ((unknown += last - at + 1) > UNKNOWN_OPEN) break;
      at = last;
    }
    return evidence >= (isFirst ? 2 : 4) ? end : undefined;
  }

  /** The first of the lines "Title: …" right above a head line, as in Australia's heads. */
  private fieldsAbove(line: number, free: number): number {
    let first = line;
    for (let at = line - 1; at >= free && (this.lines.isBlank(at) || FIELD.test(this.lines.at(at))); at--) {
      if (!this.lines.isBlank(at)) first = at;
    }
    return first;
  }

  /** The first line of what stands right above a marker and is of a head. */
  private headAbove(line: number, free: number): number {
    const { lines } = this;
    let first = line;
    for (let at = line - 1; at >= free && at > line - HEAD_LINES; at--) {
      if (lines.isBlank(at)) continue;
      const last = at;
      while (at > free && !lines.isBlank(at - 1)) at--;
      if (last - at >= PARAGRAPH_LINES || !isHead(lines.joined(at, last))) break;
      if ([LICENCE_END, LICENCE_START, END_MARKER].some((end) => this.firstIn(at, last, end) !== undefined))
        break;
      first = at;
    }
    return first;
  }

  /** The last line of a second head right behind the first one, or `last`. */
  private endOfSecondHead(first: number, last: number): number {
    const { lines } = this;
    const words = lines.joined(first, last);
    let end = last;
    let isSure = false;
    for (let at = lines.filled(last + 1); at < lines.count; at = lines.filled(at)) {
      const close = lines.endOfParagraph(at);
      const text = lines.joined(at, Math.min(close, at + PARAGRAPH_LINES));
      if (close - at >= PARAGRAPH_LINES || at - last > HEAD_LINES) break;
      const isMarker = START_MARKER.test(text);
      const isRepeated = (isHeadLine(text) || FIELD.test(text)) && words.includes(text.split(" by ")[0]);
      if (!isMarker && !isRepeated && !isHead(text)) break;
      isSure ||= SURE_FIELD.test(text) || isMarker;
      if (isSure || (isRepeated && end < at)) end = isMarker ? this.endOfMarker(at) : close;
      at = close + 1;
    }
    return end;
  }

  /** The last line of a marker that begins in `line`: a long title breaks it over several. */
  private endOfMarker(line: number): number {
    const end = Math.min(line + 6, this.lines.count);
    for (let at = line; at < end && !this.lines.isBlank(at); at++) {
      if (/\*\s*$/.test(this.lines.at(at))) return at;
    }
    return line;
  }

  /** The last line of "End of Project Gutenberg's …, by …" that begins in `line`: a long title breaks it over several. */
  private endOfEndLine(line: number): number {
    let last = line;
    while (last < line + 3 && last + 1 < this.lines.count && !this.lines.isBlank(last + 1)) {
      const words = this.lines.joined(line, last);
      const isBroken = this.lines.at(last).length > 55 && !/\bby \S/i.test(words);
      if (!isBroken && !/(?:,|\bby|\bof|\band)$/i.test(words)) break;
      last++;
    }
    return last;
  }

  private isBlank(line: number): boolean {
    return line < 0 || line >= this.lines.count || this.lines.isBlank(line);
  }

  /** Whether the text ends behind `line`, or goes on with the publisher's words. */
  private isTheirs(line: number): boolean {
    const { lines } = this;
    const next = lines.filled(line + 1);
    if (next === lines.count) return true;
    const first = lines.at(next);
    const text = lines.joined(next, Math.min(lines.endOfParagraph(next), next + PARAGRAPH_LINES));
    return (
      LICENCE_STUB.test(first) ||
      isHeadLine(first) ||
      START_MARKER.test(first) ||
      this.isLicence(first) ||
      this.isLicence(text)
    );
  }

  /** Whether the next paragraph is a marker or the end of the text. */
  private isMarked(line: number): boolean {
    const next = this.lines.filled(line + 1);
    return (
      next === this.lines.count ||
      END_MARKER.test(this.lines.at(next)) ||
      LICENCE_START.test(this.lines.at(next))
    );
  }

  private isLicence(text: string): boolean {
    return isLicence(text) || END_MARKER.test(text) || END_LINE.test(text) || LICENCE_START.test(text);
  }

  /** Whether a marker further down ends a book, as far as one can see from it alone. */
  private hasEnd(line: number): boolean {
    this.lastEnd ??= this.candidates.reduce(
      (last, at) => (END_MARKER.test(this.lines.at(at)) && this.isTheirs(at) ? at : last),
      -1,
    );
    return this.lastEnd > line;
  }

  /** Whether the book goes on behind `line` and ends elsewhere. */
  private endsLater(line: number): boolean {
    for (let index = rankOf(this.candidates, line); index < this.candidates.length; index++) {
      const at = this.candidates[index];
      const text = this.lines.at(at);
      if (START_MARKER.test(text) || isHeadLine(text)) return false;
      if (END_MARKER.test(text) || END_LINE.test(text)) return true;
    }
    return false;
  }

  /** The last line of the licence behind its marker, whose last line is `marker`. */
  private endOfLicence(marker: number): number {
    const { lines } = this;
    const limit = this.nextHead(marker);
    const whole = this.firstIn(marker + 1, limit - 1, LICENCE_END);
    let [end, unknown] = [marker, 0];
    let at = lines.filled(marker + 1);
    if (at < limit && LICENCE_STUB.test(lines.at(at))) end = at++;
    for (at = lines.filled(at); at < limit; at = lines.filled(at)) {
      const print = this.endOfSmallPrint(at, limit);
      if (print !== undefined) return print;
      const close = Math.min(lines.endOfParagraph(at), limit - 1);
      const isBefore = whole !== undefined && at <= whole;
      const last = isBefore ? Math.min(close, whole) : close;
      if (this.isLicence(lines.joined(at, Math.min(last, at + PARAGRAPH_LINES)))) {
        [end, unknown] = [last - at < PARAGRAPH_LINES ? last : this.lastKnown(at, last), 0];
      } else if ((unknown += last - at + 1) > (isBefore ? UNKNOWN_LICENCE : 0)) break;
      if (last === whole) [end, unknown] = [whole, 0];
      if (last < close) break; // Somebody's words are joined to the licence's last line.
      at = close + 1;
    }
    return end;
  }

  /** The last line of the small print that begins in `line`, between its two markers. */
  private endOfSmallPrint(line: number, limit: number): number | undefined {
    if (!/^\W*START\W*THE SMALL PRINT/i.test(this.lines.at(line))) return undefined;
    return this.firstIn(line + 1, Math.min(line + SMALL_PRINT_LINES, limit) - 1, SMALL_PRINT_END);
  }

  private lastKnown(first: number, last: number): number {
    for (let at = Math.min(first + PARAGRAPH_LINES, last); at >= first; at--) {
      if (this.isLicence(this.lines.at(at))) return at;
    }
    return first;
  }

  /** Where the next head begins, or as far as a licence reaches at most. */
  private nextHead(line: number): number {
    const end = Math.min(line + LICENCE_LINES, this.lines.count);
    for (let index = rankOf(this.candidates, line); index < this.candidates.length; index++) {
      const at = this.candidates[index];
      if (at >= end) break;
      const text = this.lines.at(at);
      if (!isHeadLine(text) && !START_MARKER.test(text)) continue;
      const head = this.headAt(at, line + 1);
      if (head) return head.first;
    }
    return end;
  }

  private firstIn(first: number, last: number, pattern: RegExp): number | undefined {
    for (let at = first; at <= last; at++) if (pattern.test(this.lines.at(at))) return at;
    return undefined;
  }
}
