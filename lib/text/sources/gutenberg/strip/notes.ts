/**
 * What the makers of an electronic book wrote into it: transcribers' notes, lists of corrections, credits. There is no
 * marker for them, only custom; where there is doubt, the words stay. Where a note ends is found in `note-ends.ts`.
 */
import { bracketedNotes } from "./bracketed-notes";
import { CREDIT_LENGTH, CREDIT_LINES, isCredit, isSurelyCredit } from "./credits";
import { type Cut, Paragraph, paragraphsOf } from "./layout";
import { BOOKMARK_LINES, NoteEnds, PARAGRAPH_LINES, RULE } from "./note-ends";
import {
  ANNOUNCED,
  BOOKMARKS,
  DOUBTFUL_LABEL,
  HEADED,
  isOfThisFile,
  isSurelyNote,
  PUBLISHER_NOTICE,
} from "./note-words";

/** Paragraphs at the beginning among which a credit may stand apart. */
const EDGE = 30;
/** Characters of a line in which a heading is looked for. */
const HEADING = 300;

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

class Notes {
  /** What each paragraph is cut as; none where it stays. */
  private readonly reasons: (Cut["reason"] | undefined)[] = [];
  private readonly paragraphs: readonly Paragraph[];
  private readonly ends: NoteEnds;

  constructor(
    text: string,
    paragraphs: readonly Paragraph[],
    private readonly bracketed: readonly Cut[],
  ) {
    let next = 0;
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
    const isAnnounced = paragraphs
      .slice(0, EDGE)
      .some((paragraph) => ANNOUNCED.test(paragraph.text.slice(0, CREDIT_LENGTH)));
    this.ends = new NoteEnds(this.paragraphs, this.reasons, isAnnounced);
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
    for (const [index, paragraph] of this.paragraphs.entries()) {
      if (!this.reasons[index]) this.cut(index, this.endOfHeaded(index, paragraph));
    }
  }

  /** The last paragraph of the note that begins in this one; an earlier one where none does. */
  private endOfHeaded(index: number, paragraph: Paragraph): number {
    const { words } = paragraph;
    if (isBookmarks(paragraph)) return this.ends.ofBookmarks(index);
    if (isHeaded(words)) return this.ends.ofHeaded(index);
    if (DOUBTFUL_LABEL.test(words) && paragraph.lines.length <= 2) return this.ends.ofDoubtful(index);
    return PUBLISHER_NOTICE.test(words) && paragraph.lines.length <= 8 ? index : index - 1;
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
    const paragraph = this.paragraphs[index];
    if (isCredit(paragraph)) {
      this.cut(index, index, "credits");
      return index;
    }
    const isLong = paragraph.lines.length > PARAGRAPH_LINES;
    if (isLong || paragraph.isHeadline || !isSurelyNote(paragraph.text)) return index - 1;
    const last = this.ends.ofBlock(index, index) ?? index;
    this.cut(index, last);
    return last;
  }

  /** The same right before the licence. */
  private cutBack(): void {
    const { paragraphs } = this;
    let index = paragraphs.length - 1;
    for (; index >= 0; index--) {
      const paragraph = paragraphs[index];
      if (this.reasons[index]) continue;
      if (isSurelyCredit(paragraph)) this.cut(index, index, "credits");
      else if (isNoteAtBack(paragraph)) this.cut(index, index);
      else if (!RULE.test(paragraph.text)) break;
    }
    for (let at = index + 1; at < paragraphs.length; at++) this.reasons[at] ??= "notes";
  }

  /** Credits that stand behind the title. */
  private cutCreditsApart(): void {
    this.paragraphs.slice(0, EDGE).forEach((paragraph, index) => {
      if (!this.reasons[index] && isSurelyCredit(paragraph)) this.cut(index, index, "credits");
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
  return new Paragraph(paragraph.from, paragraph.to, words, paragraph.gap);
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

function isBookmarks(paragraph: Paragraph): boolean {
  return BOOKMARKS.test(paragraph.firstLine) && paragraph.lines.length < BOOKMARK_LINES;
}

/** Whether the first line with letters, within a box that may be drawn around it, is the heading of a note. */
function isHeaded(words: string): boolean {
  const letter = words.search(/\p{L}/u);
  const start = words.lastIndexOf("\n", letter) + 1;
  const end = words.indexOf("\n", letter);
  return HEADED.test(words.slice(start, Math.min(end < 0 ? words.length : end, start + HEADING)));
}

function isNoteAtBack({ text, lines, isHeadline }: Paragraph): boolean {
  return isOfThisFile(text) && lines.length <= CREDIT_LINES && !isHeadline;
}
