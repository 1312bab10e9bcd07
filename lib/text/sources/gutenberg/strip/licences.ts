/** Whether a licence of Project Gutenberg stands behind a line, and how far it reaches. */
import type { Lines } from "./layout";
import { endOfSmallPrint } from "./markers";
import {
  END_LINE,
  END_MARKER,
  isHeadLine,
  isLicence,
  LICENCE_END,
  LICENCE_START,
  LICENCE_STUB,
  PARAGRAPH_LINES,
  START_MARKER,
} from "./publisher-words";

/** What may still stand behind the last line of a whole licence: where the files of books lie. */
const AFTERWORDS =
  /posted (?:prior to|since) november 2003|gutindex|\(or \/etext|filename \d+ would be found|^https?:\/\/\S*gutenberg\S*$/i;

/** As many lines may pass without a sentence that is known, where the end of the licence is known. */
const UNKNOWN = 40;

/** Whether the text ends behind `line`, or goes on with the publisher's words. */
export function isTheirsBehind(lines: Lines, line: number): boolean {
  const next = lines.filled(line + 1);
  if (next === lines.count) return true;
  const first = lines.at(next);
  const text = lines.joined(next, Math.min(lines.endOfParagraph(next), next + PARAGRAPH_LINES));
  return (
    LICENCE_STUB.test(first) ||
    isHeadLine(first) ||
    START_MARKER.test(first) ||
    isOfLicence(first) ||
    isOfLicence(text)
  );
}

/** Whether the next paragraph is a marker or the end of the text. */
export function isMarkerBehind(lines: Lines, line: number): boolean {
  const next = lines.filled(line + 1);
  return next === lines.count || END_MARKER.test(lines.at(next)) || LICENCE_START.test(lines.at(next));
}

/**
 * The last line of the licence behind its marker.
 *
 * @param marker the last line of that
 * @param limit the line before which the licence ends
 */
export function endOfLicence(lines: Lines, marker: number, limit: number): number {
  const whole = lines.firstIn(marker + 1, limit - 1, LICENCE_END);
  let [end, unknown] = [marker, 0];
  let at = lines.filled(marker + 1);
  if (at < limit && LICENCE_STUB.test(lines.at(at))) end = at++;
  for (at = lines.filled(at); at < limit; at = lines.filled(at)) {
    const print = endOfSmallPrint(lines, at, limit);
    if (print !== undefined) return print;
    const close = Math.min(lines.endOfParagraph(at), limit - 1);
    const isBefore = whole !== undefined && at <= whole;
    const last = isBefore ? Math.min(close, whole) : (lines.firstIn(at, close, LICENCE_END) ?? close);
    const text = lines.joined(at, Math.min(last, at + PARAGRAPH_LINES));
    const isBehind = whole !== undefined && at > whole;
    if (isBehind ? AFTERWORDS.test(text) || isOfMarker(text) : isOfLicence(text)) {
      [end, unknown] = [last - at < PARAGRAPH_LINES ? last : lastKnown(lines, at, last), 0];
    } else if ((unknown += last - at + 1) > (isBefore ? UNKNOWN : 0)) break;
    if (last === whole) [end, unknown] = [whole, 0];
    if (last < close) break; // Somebody's words are joined to the licence's last line.
    at = close + 1;
  }
  return end;
}

function lastKnown(lines: Lines, first: number, last: number): number {
  for (let at = Math.min(first + PARAGRAPH_LINES, last); at >= first; at--) {
    if (isOfLicence(lines.at(at))) return at;
  }
  return first;
}

function isOfLicence(text: string): boolean {
  return isLicence(text) || isOfMarker(text);
}

function isOfMarker(text: string): boolean {
  return [END_MARKER, END_LINE, LICENCE_START, LICENCE_END].some((marker) => marker.test(text));
}
