/** How far a head of Project Gutenberg reaches, upwards and downwards from the line by which it is known. */
import type { Lines } from "./layout";
import { endOfMarker, endOfSmallPrint } from "./markers";
import {
  END_LINE,
  END_MARKER,
  FIELD,
  isHead,
  isHeadLine,
  LICENCE_END,
  LICENCE_START,
  LONG_TITLE,
  PARAGRAPH_LINES,
  SMALL_PRINT_END,
  START_MARKER,
  SURE_FIELD,
} from "./publisher-words";

/** A head is at most so long, in lines; those of the 1990s hold the whole licence. */
const HEAD_LINES = 450;
/** The title with which a head begins is at most so long, in lines. */
const TITLE_LINES = 6;
/** As many lines may pass without a sentence that is known, where a marker ends the head, and where none does. */
const UNKNOWN = 14;
const UNKNOWN_OPEN = 4;

/** Lines of a text, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * The head that begins with "The Project Gutenberg eBook of …" in `line`.
 *
 * @param free the first line that belongs to no section before
 */
export function headFrom(lines: Lines, line: number, free: number): Range | undefined {
  const marker = markerBehind(lines, line);
  const last = marker === undefined ? endOfOpenHead(lines, line, free) : endOfMarker(lines, marker);
  return last === undefined ? undefined : { first: fieldsAbove(lines, line, free), last };
}

/** The first line of what stands right above a marker and is of a head. */
export function headAbove(lines: Lines, line: number, free: number): number {
  let first = line;
  for (let at = line - 1; at >= free && at > line - HEAD_LINES; at--) {
    if (lines.isBlank(at)) continue;
    const last = at;
    while (at > free && !lines.isBlank(at - 1)) at--;
    const text = last - at < PARAGRAPH_LINES ? lines.joined(at, last) : "";
    const isTitle = first < line && last - at < TITLE_LINES && LONG_TITLE.test(text);
    if (!isTitle && !isHead(text)) break;
    const ends = [LICENCE_END, LICENCE_START, END_MARKER];
    if (ends.some((end) => lines.firstIn(at, last, end) !== undefined)) break;
    first = at;
    if (isTitle) break;
  }
  return first;
}

/** The last line of a second head right behind the first one, or else of the first one. */
export function endOfSecondHead(lines: Lines, { first, last }: Range): number {
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
    if (isSure || (isRepeated && end < at)) end = isMarker ? endOfMarker(lines, at) : close;
    at = close + 1;
  }
  return end;
}

/** The marker that ends the head which begins in `line`, where all that stands between is of a head. */
function markerBehind(lines: Lines, line: number): number | undefined {
  const end = Math.min(line + HEAD_LINES, lines.count);
  let unknown = 0;
  let hasEvidence = false;
  for (let at = line + 1; at < end; at++) {
    const text = lines.at(at);
    if (START_MARKER.test(text) || SMALL_PRINT_END.test(text)) return at;
    if (END_MARKER.test(text) || END_LINE.test(text)) return undefined;
    if (lines.isBlank(at)) continue;
    const print = endOfSmallPrint(lines, at, end);
    if (print !== undefined) return print;
    const last = lines.endOfParagraph(at);
    const marker = lines.firstIn(at + 1, last, START_MARKER) ?? lines.firstIn(at + 1, last, SMALL_PRINT_END);
    if (!hasEvidence && beginsAnew(lines, { first: at, last }, unknown)) return undefined;
    if (isHead(lines.joined(at, Math.min(last, at + PARAGRAPH_LINES)))) [unknown, hasEvidence] = [0, true];
    else if ((unknown += last - at + 1) > UNKNOWN) return undefined;
    at = marker === undefined ? last : marker - 1;
  }
  return undefined;
}

/** The last line of a head that no marker ends: it goes on as long as its sentences do. */
function endOfOpenHead(lines: Lines, line: number, free: number): number | undefined {
  const isFirst = lines.filled(free) === line || FIELD.test(lines.at(lines.filled(free)));
  let evidence = 0;
  let unknown = 0;
  let end: number | undefined;
  for (let at = line + 1; at < Math.min(line + HEAD_LINES, lines.count); at++) {
    if (lines.isBlank(at)) continue;
    const last = lines.endOfParagraph(at);
    const text = lines.joined(at, Math.min(last, at + PARAGRAPH_LINES));
    if (END_MARKER.test(text) || END_LINE.test(text) || LICENCE_START.test(text)) break;
    if (evidence === 0 && beginsAnew(lines, { first: at, last }, unknown)) return undefined;
    if (isHead(text) && last - at < PARAGRAPH_LINES) {
      evidence += FIELD.test(text) && isFirst ? 2 : 1;
      [unknown, end] = [0, last];
    } else if ((unknown += last - at + 1) > UNKNOWN_OPEN) break;
    at = last;
  }
  return evidence >= (isFirst ? 2 : 4) ? end : undefined;
}

/** Whether the head begins in this paragraph, and what stood above it were other words. */
function beginsAnew(lines: Lines, { first, last }: Range, unknown: number): boolean {
  for (let at = first; at <= Math.min(last, first + PARAGRAPH_LINES); at++) {
    if (isHeadLine(lines.at(at))) return at === first ? unknown > 0 : !isHead(lines.joined(first, at - 1));
  }
  return false;
}

/** The first of the lines "Title: …" right above a head line, as in Australia's heads. */
function fieldsAbove(lines: Lines, line: number, free: number): number {
  let first = line;
  for (let at = line - 1; at >= free && (lines.isBlank(at) || FIELD.test(lines.at(at))); at--) {
    if (!lines.isBlank(at)) first = at;
  }
  return first;
}
