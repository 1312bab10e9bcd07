/**
 * What the makers of an electronic book wrote into it: transcribers' notes, lists of corrections, credits. There is no
 * marker for them, only custom: each ends where one surely sees its end, at the latest after a bounded length; where
 * there is doubt, the words stay.
 */
import { bracketedNotes } from "./bracketed-notes";
import { type Cut, fromFirstWords, Paragraph, paragraphsOf } from "./layout";
import {
  ANNOUNCED,
  BOOKMARKS,
  CREDIT,
  DOUBTFUL_LABEL,
  isCode,
  isEntry,
  isMaybeNote,
  isNoteLike,
  isOfThisFile,
  isSurelyNote,
  LABEL,
  MAKERS,
  NOTICE,
  PUBLISHER_NOTICE,
  TEAM,
} from "./note-words";

/** Paragraphs from either end among which a credit may stand apart, and the lines that it has at most. */
const EDGE = 30;
const CREDIT_LINES = 15;
const CREDIT_LENGTH = 1_500;
/** Characters of a line in which a heading is looked for. */
const HEADING = 300;
/** A paragraph of a note is at most so long, and a note so many paragraphs, unless it ends the book. */
const PARAGRAPH_LINES = 40;
const NOTE_PARAGRAPHS = 20;
/** A note that ends the book, often a list of corrections, is at most so long, in characters. */
const LAST_NOTE = 30_000;
/** Within it so many paragraphs in turn may be of another kind, as headings and quoted lines are. */
const FOREIGN = 3;
/** Blank lines that part a note from the book. */
const GAP = 3;
const BOOKMARK_LINES = 300;

/** A line that begins with the heading of a note. */
const HEADED = new RegExp(String.raw`^[\W_]*(?:${LABEL.source})`, "iu");
const RULE = /^[\s*_=~.+-]+$/;

/**
 * The notes and credits between two offsets of a text.
 *
 * @param from where a book begins, behind its head
 * @param to where it ends, before its licence
 */
export function notesIn(text: string, from = 0, to = text.length): Cut[] {
  const bracketed = bracketedNotes(text, from, to);
  const paragraphs = paragraphsOf(text, from, to);
  return new Notes(text, paragraphs, bracketed).cuts();
}

/** A book without notes and credits, and without blank lines and rules at its ends; it ends in one "\n". */
export function withoutNotes(book: string): string {
  const cuts = notesIn(book);
  const kept = cuts.reduce(
    ({ at, words }, { from, to }) => ({ at: to, words: words + book.slice(at, from) }),
    { at: 0, words: "" },
  );
  const words = fromFirstWords(kept.words + book.slice(kept.at)).trimEnd();
  return words === "" ? "" : `${words}\n`;
}

class Notes {
  /** What each paragraph is cut as; none where it stays. */
  private readonly reasons: (Cut["reason"] | undefined)[];

  /** Whether a note at the beginning says that errors are listed at the end. */
  private readonly isAnnounced: boolean;

  private readonly paragraphs: readonly Paragraph[];

  constructor(
    text: string,
    paragraphs: readonly Paragraph[],
    private readonly bracketed: readonly Cut[],
  ) {
    let next = 0;
    this.reasons = [];
    this.paragraphs = paragraphs.map((paragraph) => {
      const { from, to } = paragraph;
      while (next < bracketed.length && bracketed[next].to <= from) next++;
      let end = next;
      while (end < bracketed.length && bracketed[end].from < to) end++;
      const notes = bracketed.slice(next, end);
      const isWhole = notes.some((note) => note.from <= from && note.to >= to - 1);
      this.reasons.push(isWhole ? "notes" : undefined);
      return notes.length === 0 || isWhole ? paragraph : beside(text, paragraph, notes);
    });
    this.isAnnounced = paragraphs
      .slice(0, EDGE)
      .some((paragraph) => ANNOUNCED.test(paragraph.text.slice(0, CREDIT_LENGTH)));
  }

  cuts(): Cut[] {
    this.cutHeaded();
    this.cutFront();
    this.cutBack();
    this.cutCreditsApart();
    const whole: Cut[] = this.paragraphs.flatMap(({ to }, index) => {
      const reason = this.reasons[index];
      const before = index === 0 ? 0 : this.paragraphs[index - 1].to;
      return reason ? [{ from: index === 0 ? this.paragraphs[0].from : before, to, reason }] : [];
    });
    return united([...whole, ...this.bracketed]);
  }

  private cut(first: number, last: number, reason: Cut["reason"] = "notes"): void {
    this.reasons.fill(reason, first, last + 1);
  }

  private cutHeaded(): void {
    const { paragraphs } = this;
    for (let index = 0; index < paragraphs.length; index++) {
      if (this.reasons[index]) continue;
      const { lines } = paragraphs[index];
      let last = -1;
      if (isBookmarks(paragraphs[index])) last = this.endOfBookmarks(index);
      else if (isHeaded(lines)) last = this.endOfNote(index);
      else if (lines.length <= 2 && DOUBTFUL_LABEL.test(paragraphs[index].text))
        last = this.endOfDoubtful(index);
      else if (lines.length <= 8 && PUBLISHER_NOTICE.test(paragraphs[index].text)) last = index;
      if (last >= index) this.cut(index, last);
    }
  }

  /** The last paragraph of the note that begins in paragraph `first`. */
  private endOfNote(first: number): number {
    const { paragraphs } = this;
    const end = paragraphs.length - 1;
    const isHeading = isHeadingAlone(paragraphs[first]);
    if (paragraphs[first].lines.length > PARAGRAPH_LINES) return first - 1;
    const shortest = Math.min(first + (isHeading && this.isPlain(first + 1) ? 1 : 0), end);
    if (isHeading && this.endsBook(first)) return end;
    const block = this.endOfBlock(first, shortest);
    if (block !== undefined) return block;
    let last = shortest;
    const indented = paragraphs[shortest].lines.every((line) => /^[ \t|+]{2}|^[|+]/.test(line));
    while (last < end && last - first < NOTE_PARAGRAPHS && this.isPlain(last + 1)) {
      const { lines, gap, text } = paragraphs[last + 1];
      const goesOn = indented
        ? lines.every((line) => /^[ \t|+]{2}|^[|+]/.test(line))
        : isSurelyNote(text) || isEntry(text);
      if (gap >= GAP || !goesOn) break;
      last++;
    }
    return last;
  }

  /** Whether a paragraph may be one of a note: it is not long, no heading, and nothing else. */
  private isPlain(index: number): boolean {
    if (index >= this.paragraphs.length || this.reasons[index]) return false;
    const { lines, text } = this.paragraphs[index];
    return lines.length <= PARAGRAPH_LINES && !isHeadline(lines) && !/^chapter\b/i.test(text);
  }

  /**
   * Where the note ends by a gap, a rule or the next heading, if what stands before that is, by most of its paragraphs,
   * a note; or where two or three short paragraphs stand before a gap that parts them from running text.
   */
  private endOfBlock(first: number, shortest: number): number | undefined {
    const { paragraphs } = this;
    let notes = 0;
    for (let last = first; last < first + NOTE_PARAGRAPHS && last < paragraphs.length; last++) {
      const { lines, text } = paragraphs[last];
      if (last > first && isNoteLike(text)) notes++;
      if (last < shortest) continue;
      const next = paragraphs[last + 1] as Paragraph | undefined;
      if (next === undefined || lines.length > PARAGRAPH_LINES) return undefined;
      const isRule = RULE.test(next.text);
      if (next.gap < GAP && !isHeadline(next.lines) && !isRule) continue;
      const inside = last - first;
      const isShort =
        inside <= 2 && next.gap >= GAP && !isHeadline(next.lines) && paragraphs[first].gap < GAP;
      if (inside > 0 && notes * 2 < inside && !isShort) return undefined;
      return isRule ? last + 1 : last;
    }
    return undefined;
  }

  /** Whether what begins in paragraph `first` goes on to the end of the book: nearly all of it is of the kind of notes. */
  private endsBook(first: number): boolean {
    const { paragraphs } = this;
    const length = paragraphs[paragraphs.length - 1].to - paragraphs[first].from;
    const isBookBefore = this.reasons.indexOf(undefined) < first;
    if (length > LAST_NOTE || !isBookBefore) return false;
    const rest = paragraphs.slice(first + 1).filter(({ text }) => !RULE.test(text));
    const notes = rest.filter(({ text, lines }) => isNoteLike(text) || isCode(lines));
    let foreign = 0;
    const isBroken = rest.some(({ text, lines }) => {
      foreign = isNoteLike(text) || isCode(lines) ? 0 : foreign + 1;
      return foreign > FOREIGN;
    });
    return (
      rest.length > 0 &&
      notes.length * 2 >= rest.length &&
      (isNoteLike(rest[0].text) || this.isAnnounced) &&
      !isBroken
    );
  }

  /** The last paragraph below a heading that printed books have too; `first - 1` where it is no note. */
  private endOfDoubtful(first: number): number {
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

  private endOfBookmarks(first: number): number {
    const { paragraphs } = this;
    let last = first;
    const items: string[] = [];
    // The sentences stand line by line in one paragraph, or each in one of its own.
    const isSpaced = first + 1 < paragraphs.length && paragraphs[first + 1].lines.length === 1;
    while (last + 1 < paragraphs.length && items.length < BOOKMARK_LINES) {
      const { lines, gap } = paragraphs[last + 1];
      const isList = last === first || (isSpaced && gap < GAP && lines.length === 1 && !isHeadline(lines));
      const more = lines.map((line) => line.trim().toLowerCase());
      if (!isList || lines.length > BOOKMARK_LINES || !isSorted([...items.slice(-1), ...more])) break;
      items.push(...more);
      last++;
    }
    return last;
  }

  /** Credits and notes right behind the head. */
  private cutFront(): void {
    const { paragraphs } = this;
    let index = 0;
    let cut = -1;
    while (index < paragraphs.length) {
      const last = this.reasons[index] ? index : this.endAtFront(index);
      if (last >= index) cut = last;
      else if (!RULE.test(paragraphs[index].text)) break;
      index = Math.max(last, index) + 1;
    }
    for (let at = 0; at < Math.max(cut + 1, index); at++) this.reasons[at] ??= "notes";
  }

  private endAtFront(index: number): number {
    const { paragraphs } = this;
    const paragraph = paragraphs[index];
    if (isCredit(paragraph)) {
      this.cut(index, index, "credits");
      return index;
    }
    if (isHeadline(paragraph.lines) || !isSurelyNote(paragraph.text)) return index - 1;
    const block = this.endOfBlock(index, index);
    const last = block ?? index;
    if (paragraph.lines.length > PARAGRAPH_LINES) return index - 1;
    this.cut(index, last);
    return last;
  }

  /** The same right before the licence. */
  private cutBack(): void {
    const { paragraphs } = this;
    let index = paragraphs.length - 1;
    while (index >= 0) {
      const paragraph = paragraphs[index];
      if (this.reasons[index]) {
        index--;
      } else if (isCredit(paragraph) && MAKERS.test(paragraph.text)) {
        this.cut(index, index, "credits");
        index--;
      } else if (
        isOfThisFile(paragraph.text) &&
        paragraph.lines.length <= CREDIT_LINES &&
        !isHeadline(paragraph.lines)
      ) {
        this.cut(index, index);
        index--;
      } else if (RULE.test(paragraph.text)) index--;
      else break;
    }
    for (let at = index + 1; at < paragraphs.length; at++) this.reasons[at] ??= "notes";
  }

  /** Credits that stand behind the title. */
  private cutCreditsApart(): void {
    this.paragraphs.slice(0, EDGE).forEach((paragraph, index) => {
      if (this.reasons[index] || !isCredit(paragraph) || !MAKERS.test(paragraph.text)) return;
      this.cut(index, index, "credits");
    });
  }
}

/** A paragraph with the words that it has beside notes in brackets. */
function beside(text: string, paragraph: Paragraph, notes: readonly Cut[]): Paragraph {
  let words = "";
  let at = paragraph.from;
  for (const { from, to } of notes) {
    words += text.slice(at, Math.max(at, from));
    at = Math.max(at, to);
  }
  words += text.slice(at, Math.max(at, paragraph.to));
  const lines = words.split("\n").filter((line) => line.trim() !== "");
  return new Paragraph(paragraph.from, paragraph.to, lines, paragraph.gap);
}

/** Cuts in order, those that overlap in one. */
function united(cuts: readonly Cut[]): Cut[] {
  const found: Cut[] = [];
  for (const cut of [...cuts].sort((one, other) => one.from - other.from)) {
    const last = found[found.length - 1] as Cut | undefined;
    if (last && (cut.from < last.to || (cut.from === last.to && cut.reason === last.reason)))
      found[found.length - 1] = { ...last, to: Math.max(last.to, cut.to) };
    else found.push(cut);
  }
  return found;
}

function isBookmarks({ lines }: Paragraph): boolean {
  return BOOKMARKS.test(lines[0]) && lines.length < BOOKMARK_LINES;
}

/** Whether the first line, within a box that may be drawn around it, is the heading of a note. */
function isHeaded(lines: readonly string[]): boolean {
  const line = lines.find((each) => /\p{L}/u.test(each)) ?? "";
  return HEADED.test(line.slice(0, HEADING));
}

/** Whether the heading is all that a paragraph says. */
function isHeadingAlone({ lines, text }: Paragraph): boolean {
  const match = LABEL.exec(text);
  return (
    match !== null &&
    lines.length <= 3 &&
    /^[\W_]*$|^[^.:!?]{0,40}[:)\]]?\W*$/.test(text.slice(match.index + match[0].length))
  );
}

/** Whether a paragraph is set in capitals, as titles and chapters are. */
function isHeadline(lines: readonly string[]): boolean {
  return /\p{Lu}/u.test(lines[0]) && !/\p{Ll}/u.test(lines[0]);
}

function isCredit({ text, lines }: Paragraph): boolean {
  if (lines.length > CREDIT_LINES || text.length > CREDIT_LENGTH) return false;
  if (NOTICE.test(text) || (lines.length <= 4 && TEAM.test(text))) return MAKERS.test(text);
  const match = CREDIT.exec(text);
  if (match === null) return false;
  // "Produced by Judith Boss", but not "Produced by the storm, waves rose" nor "Prepared for the worst, he sang."
  return (
    MAKERS.test(text) || (!/\bfor$/i.test(match[0]) && /^\s*["(]?\p{Lu}/u.test(text.slice(match[0].length)))
  );
}

/** Whether lines stand in the order of the alphabet, but for a few. */
function isSorted(lines: readonly string[]): boolean {
  const pairs = lines.slice(1).map((line, index) => lines[index] <= line);
  return pairs.filter((isInOrder) => isInOrder).length >= pairs.length * 0.7;
}
