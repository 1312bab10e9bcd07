/** Notes of the makers in brackets, wherever they stand: they end where their bracket closes. */
import { type Cut, paragraphsOf } from "./layout";
import { isCode, isNoteLike, isOfFile, isSurelyNote, LABEL } from "./note-words";

/** A note in the middle of a line is at most so long, one of several paragraphs so long, and one of source code so long. */
const INLINE = 1_500;
const LONGEST = 8_000;
const LONGEST_CODE = 60_000;

const BLANK_LINE = /\n[ \t]*(?:\n|$)/;
const CLOSING: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}", "<": ">" };
const LABELLED = new RegExp(
  String.raw`(?:\[[^[\]\n]{0,20}|[({<][^\p{L}\p{N}\n]{0,12})(?<![\p{L}\p{N}])${LABEL}`,
  "iuy",
);
/** A note without a name: its first words say what it is about. */
const UNNAMED =
  /(?<=^[ \t]*)\[[\s_*]*(?:notes?|n\.?b\.?|remarks?|this|in this|for this|the (?:text|original|following)|im folgenden|in dieser|diese[rs]?|der vorliegende|ce|cette|dans ce|dit|deze|in dit)\b/imy;
/** A list of all changed lines, which may be of any length. */
const LIST =
  /^\[[\s_*]*(?:im folgenden werden alle geänderten|(?:the following is a|this is a|a) list of (?:all )?(?:the )?(?:changes|corrections))/i;
/** A note so near to either end of a book needs not name the file. */
const NEAR = 8_000;
/** Licences between the works of one file, as in the Shakespeare of 1994. */
const ELECTRONIC_VERSION = /<<\s*THIS ELECTRONIC VERSION OF[^>]{0,3000}>>\n?/iy;
const SMALL_PRINT = /^\*+\s*SMALL PRINT![^]{0,12000}?^\*+\s*SMALL PRINT!.*\n(?:\["Small Print".*\n)?/imy;

/** The notes in brackets between two offsets of a text, in order. */
export function bracketedNotes(text: string, from: number, to: number): Cut[] {
  const book = text.slice(from, to);
  const licences = [...matchesIn(book, ELECTRONIC_VERSION, ["<<"]), ...matchesIn(book, SMALL_PRINT, ["*"])];
  const found: Cut[] = licences.map((licence) => ({ ...licence, reason: "licence" }));
  // A note holds no other one: each is looked for up to where the next begins.
  const labelled = matchesIn(book, LABELLED, ["[", "(", "{", "<"]);
  for (const [index, { from: open }] of labelled.entries()) {
    const note = noteAt(book, open, labelled[index + 1]?.from ?? book.length);
    if (note) found.push(note);
  }
  const unnamed = matchesIn(book, UNNAMED, ["["]);
  for (const [index, { from: open }] of unnamed.entries()) {
    const next = unnamed[index + 1]?.from ?? book.length;
    const isList = LIST.test(book.slice(open, open + 200));
    const end = closing(book, open, Math.min(isList ? LONGEST_CODE : LONGEST, next - open));
    if (end === undefined) continue;
    const words = book.slice(open, end);
    const isNear = open < NEAR || book.length - end < NEAR;
    if (isList || isOfFile(words) || (isNear && isSurelyNote(words)))
      found.push(...(isList ? [widened(book, open, end)] : (balanced(book, open, end) ?? [])));
  }
  return found
    .sort((one, other) => one.from - other.from || other.to - one.to)
    .filter(
      (note, index, all) => !all.slice(Math.max(0, index - 3), index).some(({ to: end }) => end > note.from),
    )
    .map((note) => ({ ...note, from: note.from + from, to: note.to + from }));
}

/**
 * What a sticky pattern matches where one of some words stands, in order, without what overlaps a match before. To look for
 * fixed words first is ten times as fast as to look for the pattern.
 */
function matchesIn(book: string, pattern: RegExp, begins: readonly string[]): Pick<Cut, "from" | "to">[] {
  const matches = begins.flatMap((begin) => {
    const found = [];
    for (let at = book.indexOf(begin); at >= 0; at = book.indexOf(begin, at + 1)) {
      pattern.lastIndex = at;
      if (pattern.test(book)) found.push({ from: at, to: pattern.lastIndex });
    }
    return found;
  });
  let free = 0;
  return matches
    .sort((one, other) => one.from - other.from)
    .filter(({ from, to }) => {
      const isApart = from >= free;
      if (isApart) free = to;
      return isApart;
    });
}

function noteAt(book: string, open: number, next: number): Cut | undefined {
  // A line may hold any number of notes: for none of them is all of it looked at.
  let start = open;
  while (start > 0 && /[^\S\n]|[_*]/.test(book[start - 1])) start--;
  const isFirst = (start === 0 || book[start - 1] === "\n") && isAfterBlank(book, start);
  if (!isFirst) {
    const end = closing(book, open, Math.min(INLINE, next - open));
    return end === undefined || BLANK_LINE.test(book.slice(open, end)) ? undefined : widened(book, open, end);
  }
  const end = closing(book, open, Math.min(LONGEST_CODE, next - open));
  const [note] = end === undefined ? [] : (balanced(book, open, end) ?? []);
  if (note) return note;
  // The bracket does not close, or only far below: the note is its own paragraph at most.
  const paragraph = endOfParagraph(book, open);
  const lines = book.slice(open, paragraph).split("\n").length;
  return lines <= 40 ? widened(book, open, paragraph) : undefined;
}

/** The note, if all that its brackets hold is of a note. */
function balanced(book: string, open: number, end: number): Cut[] | undefined {
  const paragraphs = paragraphsOf(book, open, end);
  if (paragraphs.length > 1) {
    const isOfNote = ({ text, lines }: { text: string; lines: readonly string[] }) =>
      isNoteLike(text) || isCode(lines);
    const notes = paragraphs.filter(isOfNote).length;
    const code = paragraphs.filter(({ lines }) => isCode(lines)).length;
    if (end - open > LONGEST && code * 2 < paragraphs.length) return undefined;
    if (paragraphs.length > 3 && notes * 2 < paragraphs.length) return undefined;
    if (paragraphs.length > 60) return undefined;
  }
  return [widened(book, open, end)];
}

/** Where the bracket at `open` closes, brackets within it counted; none where it is further than `most` characters. */
function closing(book: string, open: number, most: number): number | undefined {
  const [opening, close] = [book[open], CLOSING[book[open]]];
  let depth = 0;
  for (let at = open; at < Math.min(book.length, open + most); at++) {
    if (book[at] === opening) depth++;
    else if (book[at] === close && --depth === 0) return at + 1;
  }
  return undefined;
}

function isAfterBlank(book: string, lineStart: number): boolean {
  return /(?:^|\n)[ \t]*\n?$/.test(book.slice(Math.max(0, lineStart - 80), Math.max(0, lineStart - 1)));
}

function endOfParagraph(book: string, at: number): number {
  const blank = new RegExp(BLANK_LINE, "g");
  blank.lastIndex = at;
  return blank.exec(book)?.index ?? book.length;
}

/** A note with the blank line or the emphasis around it: all of its lines where it fills them. */
function widened(book: string, open: number, end: number): Cut {
  const before = /[ \t_*]*$/.exec(book.slice(Math.max(0, open - 40), open))?.[0].length ?? 0;
  const after = /^[ \t_*.]*/.exec(book.slice(end, end + 40))?.[0].length ?? 0;
  const isWhole =
    (open - before === 0 || book[open - before - 1] === "\n") && /^(?:\n|$)/.test(book.slice(end + after));
  if (!isWhole) return inline(book, open, end);
  const [from, to] = [open - before, end + after];
  const isWithin = !isAfterBlank(book, from) && /^\n[ \t]*\S/.test(book.slice(to, to + 80));
  return { from, to: isWithin ? to + 1 : to, reason: "notes" };
}

/** A note within a line, with the blanks before it. */
function inline(book: string, open: number, end: number): Cut {
  const blanks = /[ \t]*$/.exec(book.slice(Math.max(0, open - 10), open))?.[0].length ?? 0;
  return { from: open - blanks, to: end, reason: "notes" };
}
