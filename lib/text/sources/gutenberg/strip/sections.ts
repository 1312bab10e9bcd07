/**
 * Where in a file Project Gutenberg's heads and licences stand. Each is taken by itself and ends where its own words
 * end, so that several books in one file, and words of one's own before, between and behind them, are none of it. How
 * far each reaches is found in `heads.ts` and `licences.ts`.
 */
import { rankOf } from "../../../../base/lines";
import { endOfSecondHead, headAbove, headFrom, type Range } from "./heads";
import { Lines } from "./layout";
import { endOfLicence, isMarkerBehind, isTheirsBehind } from "./licences";
import { endOfEndLine, endOfMarker } from "./markers";
import {
  END_LINE,
  END_MARKER,
  isHeadLine,
  LICENCE_START,
  MAYBE_END_LINE,
  SMALL_PRINT_END,
  START_MARKER,
} from "./publisher-words";

/** Its lines are counted from 0. */
export interface Section extends Range {
  readonly kind: "head" | "licence";
}

/** A licence is at most so long, in lines. */
const LICENCE_LINES = 700;

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
    const isOpen = before?.kind === "head";
    const section = finder.headAt(line, free, isOpen) ?? finder.licenceAt(line, isOpen);
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
      const range = headFrom(lines, line, free);
      return range && this.head(range);
    }
    if (!START_MARKER.test(text) && !SMALL_PRINT_END.test(text)) return undefined;
    const first = headAbove(lines, line, free);
    const isFirst = lines.filled(free) === first;
    const last = endOfMarker(lines, line);
    const isMarker = first < line || lines.isBlank(line - 1) || lines.isBlank(last + 1); // not a line of a paragraph
    if (!isMarker || (first === line && !isFirst && (isOpen || !this.hasEnd(line)))) return undefined;
    return this.head({ first, last });
  }

  /** @param isOpen whether a book has begun and not ended */
  licenceAt(line: number, isOpen: boolean): Section | undefined {
    const { lines } = this;
    const text = lines.at(line);
    const isMarker = END_MARKER.test(text);
    const isLine = (!isMarker && MAYBE_END_LINE.test(text)) || END_LINE.test(text);
    if (!isMarker && !isLine && !LICENCE_START.test(text)) return undefined;
    const last = isMarker ? endOfMarker(lines, line) : isLine ? endOfEndLine(lines, line) : line;
    if (isLine && !lines.isBlank(line - 1)) return undefined;
    const isSure = isMarker || (isLine && END_LINE.test(lines.joined(line, last)));
    const isBelieved = isTheirsBehind(lines, last)
      ? isSure || !isLine || isMarkerBehind(lines, last)
      : isOpen && isSure && !this.endsLater(last);
    if (!isBelieved) return undefined;
    return { kind: "licence", first: line, last: endOfLicence(lines, last, this.nextHead(last)) };
  }

  private head(range: Range): Section {
    return { kind: "head", first: range.first, last: endOfSecondHead(this.lines, range) };
  }

  /** Whether a marker further down ends a book, as far as one can see from it alone. */
  private hasEnd(line: number): boolean {
    this.lastEnd ??= this.candidates.reduce(
      (last, at) => (END_MARKER.test(this.lines.at(at)) && isTheirsBehind(this.lines, at) ? at : last),
      -1,
    );
    return this.lastEnd > line;
  }

  /** Whether the book goes on behind `line` and ends elsewhere. */
  private endsLater(line: number): boolean {
    for (let index = rankOf(this.candidates, line); index < this.candidates.length; index++) {
      const text = this.lines.at(this.candidates[index]);
      if (START_MARKER.test(text) || isHeadLine(text)) return false;
      if (END_MARKER.test(text) || END_LINE.test(text)) return true;
    }
    return false;
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
}
