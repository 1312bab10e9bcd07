/**
 * Where a note of the makers ends. There is no marker for it: it ends where one surely sees its end, at the latest after a
 * bounded length.
 */
import type { Cut, Paragraph } from "./layout";
import { HEADED, isCode, isEntry, isLikelyNote, isMaybeNote, isNoteLike, isSurelyNote } from "./note-words";

/** A paragraph of a note is at most so long, and a note so many paragraphs, unless it ends the book. */
export const PARAGRAPH_LINES = 40;
const NOTE_PARAGRAPHS = 20;
/** A note that ends the book, often a list of corrections, is at most so long, in characters. */
const LAST_NOTE = 30_000;
/** Within it so many paragraphs in turn may be of another kind, as headings and quoted lines are. */
const FOREIGN = 3;
/** Behind so many characters a note stands among the words of the book. */
const FRONT = 1_000;
/** A paragraph that is surely of none but a gap follows is at most so long, in lines. */
const SHORT = 3;
/** Blank lines that part a note from the book. */
const GAP = 3;
/** A line of an editor's bookmarks that are in no order is at most so long, in characters. */
const BOOKMARK = 65;
/** An editor's bookmarks are at most so many. */
export const BOOKMARK_LINES = 300;

export const RULE = /^[\s*_=~.+-]+$/;
/** The heading of a part that is not set in capitals: "Chapter II", "12.". */
const PART =
  /^(?:(?:chapter|book|part|volume|canto|act|scene|letter|section|stave|kapitel|buch|teil|chapitre|livre|partie|hoofdstuk|deel|capitolo|parte|libro|cap[íi]tulo) (?:the )?(?:\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|last|premi\S+)\b.{0,80}|\d{1,3}\.?)$/i;
const INDENTED = /^[ \t|+]{2}|^[|+]/;

/** Each end is the number of a paragraph; `first - 1` where what begins in paragraph `first` is no note. */
export class NoteEnds {
  /**
   * @param reasons what each paragraph is cut as so far; none where it stays
   * @param isAnnounced whether a note at the beginning says that errors are listed at the end
   */
  constructor(
    private readonly paragraphs: readonly Paragraph[],
    private readonly reasons: readonly (Cut["reason"] | undefined)[],
    private readonly isAnnounced: boolean,
  ) {}

  /** Of a note that begins with its heading. */
  ofHeaded(first: number): number {
    const { paragraphs } = this;
    const end = paragraphs.length - 1;
    const isHeading = isHeadingAlone(paragraphs[first]);
    if (paragraphs[first].lines.length > PARAGRAPH_LINES) return first - 1;
    const shortest = Math.min(first + (isHeading && this.isPlain(first + 1) ? 1 : 0), end);
    if (isHeading && this.endsBook(first)) return end;
    const block = this.ofBlock(first, shortest);
    if (block !== undefined) return block;
    let last = shortest;
    // In a poem that is indented all is.
    const isIndented =
      isAllIndented(paragraphs[shortest]) && (first === 0 || !isAllIndented(paragraphs[first - 1]));
    while (last < end && last - first < NOTE_PARAGRAPHS && this.isPlain(last + 1)) {
      const { gap, text } = paragraphs[last + 1];
      const goesOn = isIndented ? isAllIndented(paragraphs[last + 1]) : isSurelyNote(text) || isEntry(text);
      if (gap >= GAP || !goesOn) break;
      last++;
    }
    return last;
  }

  /**
   * Of a note that ends by a gap, a rule or the next heading, if what stands before that is, by most of its paragraphs, a
   * note; or where one short paragraph stands before a gap that parts it from running text.
   *
   * @param shortest the first paragraph that may be its last
   */
  ofBlock(first: number, shortest: number): number | undefined {
    const { paragraphs } = this;
    const isOfNote = paragraphs[first].from - paragraphs[0].from > FRONT ? isLikelyNote : isNoteLike;
    let notes = 0;
    for (let last = first; last < first + NOTE_PARAGRAPHS && last < paragraphs.length; last++) {
      const { lines, text } = paragraphs[last];
      if (last > first && isOfNote(text)) notes++;
      if (last < shortest) continue;
      const next = paragraphs[last + 1] as Paragraph | undefined;
      if (next === undefined || lines.length > PARAGRAPH_LINES) return undefined;
      const isRule = RULE.test(next.text);
      const isHeading = next.isHeadline || isPart(next);
      if (next.gap < GAP && !isHeading && !isRule) continue;
      const inside = last - first;
      const isShort =
        last - shortest <= 1 &&
        lines.length <= SHORT &&
        next.gap >= GAP &&
        !isHeading &&
        paragraphs[first].gap < GAP;
      if (inside > 0 && notes * 2 < inside && !isShort) return undefined;
      return isRule ? last + 1 : last;
    }
    return undefined;
  }

  /** Of what stands below a heading that printed books have too. */
  ofDoubtful(first: number): number {
    const { paragraphs } = this;
    const rest = paragraphs.slice(first + 1, first + 1 + NOTE_PARAGRAPHS * 5);
    const isParted = paragraphs[first].gap >= GAP || (first > 0 && RULE.test(paragraphs[first - 1].text));
    const isNote = isParted ? isMaybeNote : isSurelyNote;
    const sure = rest.findIndex(({ text, lines }) => lines.length > PARAGRAPH_LINES || !isNote(text));
    const last = first + (sure < 0 ? rest.length : sure);
    if (this.isAnnounced && this.endsBook(first)) return paragraphs.length - 1;
    if (last === first) return first - 1;
    if (this.endsBook(first)) return paragraphs.length - 1;
    const more = paragraphs
      .slice(last + 1)
      .findIndex(
        ({ gap, text }, index) => gap >= GAP || !this.isPlain(last + 1 + index) || !isNoteLike(text),
      );
    return last + Math.max(more, 0);
  }

  /**
   * Of sentences below the heading "Bookmarks": they stand in one paragraph, or each in one of its own. Mostly they are in the order
   * of the alphabet; others are known by their short lines up to a gap.
   */
  ofBookmarks(first: number): number {
    const { paragraphs } = this;
    let last = first;
    const items: string[] = [];
    const isSpaced = first + 1 < paragraphs.length && paragraphs[first + 1].lines.length === 1;
    while (last + 1 < paragraphs.length && items.length < BOOKMARK_LINES) {
      const { lines, gap, isHeadline } = paragraphs[last + 1];
      const isList = last === first || (isSpaced && gap < GAP && lines.length === 1 && !isHeadline);
      const more = lines.map((line) => line.trim().toLowerCase());
      if (!isList || lines.length > BOOKMARK_LINES || !isSorted([...items.slice(-1), ...more])) break;
      items.push(...more);
      last++;
    }
    return last > first ? last : this.ofUnsortedBookmarks(first);
  }

  /** The same of sentences in no order. */
  private ofUnsortedBookmarks(first: number): number {
    const lines: string[] = [];
    let last = first;
    for (; last + 1 < this.paragraphs.length; last++) {
      const next = this.paragraphs[last + 1];
      if (last > first && (next.gap >= GAP || next.isHeadline)) break;
      if (last > first && next.lines.length > 1) return first;
      lines.push(...next.lines.map((line) => line.trim()));
    }
    const ofProse = lines.filter((line) => line.length > BOOKMARK || /[.!?]["”]?$/.test(line));
    const isList = lines.length >= 3 && lines.length <= BOOKMARK_LINES && ofProse.length * 3 <= lines.length;
    return isList ? last : first;
  }

  /** Whether a paragraph may be one of a note: it is not long, no heading, and nothing else. */
  private isPlain(index: number): boolean {
    if (index >= this.paragraphs.length || this.reasons[index]) return false;
    const paragraph = this.paragraphs[index];
    const { lines, text, isHeadline } = paragraph;
    const isHeading = isHeadline || /^chapter\b/i.test(text) || isPart(paragraph);
    return lines.length <= PARAGRAPH_LINES && !isHeading;
  }

  /** Whether what begins in paragraph `first` goes on to the end of the book: nearly all of it is of the kind of notes. */
  private endsBook(first: number): boolean {
    const { paragraphs } = this;
    const length = paragraphs[paragraphs.length - 1].to - paragraphs[first].from;
    const isBookBefore = this.reasons.indexOf(undefined) < first;
    if (length > LAST_NOTE || !isBookBefore) return false;
    const rest = paragraphs.slice(first + 1).filter(({ text }) => !RULE.test(text));
    const areNotes = rest.map(({ text, lines }) => isNoteLike(text) || isCode(lines));
    let foreign = 0;
    const isBroken = areNotes.some((isNote) => (foreign = isNote ? 0 : foreign + 1) > FOREIGN);
    return (
      rest.length > 0 &&
      areNotes.filter((isNote) => isNote).length * 2 >= rest.length &&
      (isNoteLike(rest[0].text) || this.isAnnounced) &&
      !isBroken
    );
  }
}

/** Whether it is the heading of a part of a book, of two lines at most. */
function isPart({ lines, text }: Paragraph): boolean {
  return lines.length <= 2 && PART.test(text);
}

function isAllIndented({ lines }: Paragraph): boolean {
  return lines.every((line) => INDENTED.test(line));
}

/** Whether the heading is all that a paragraph says. */
function isHeadingAlone({ lines, text }: Paragraph): boolean {
  const words = text.slice(text.search(/\p{L}/u));
  const heading = HEADED.exec(words);
  return (
    heading !== null &&
    lines.length <= 3 &&
    /^[\W_]*$|^[^.:!?]{0,40}[:)\]]?\W*$/.test(words.slice(heading[0].length))
  );
}

/** Whether lines stand in the order of the alphabet, but for a few. */
function isSorted(lines: readonly string[]): boolean {
  const pairs = lines.slice(1).map((line, index) => lines[index] <= line);
  return pairs.filter((isInOrder) => isInOrder).length >= pairs.length * 0.7;
}
