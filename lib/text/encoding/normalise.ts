/** Words as this project keeps them, and what was changed to make them so. */

/**
 * Lines end in "\n", also those that a vertical tab or a form feed ends; no byte order mark, no control characters but
 * tab and line feed, no half of a surrogate pair. A letter and the accents that follow it are one character where
 * Unicode has one, as in its normal form NFC; which unlike this also replaces characters that are written twice in
 * Unicode, as the Ångström's sign.
 */
export function normalise(text: string): string {
  return new Normaliser().read(text, { isLast: true });
}

/** Where something was found: how often, and the line of the first. */
export interface Places {
  readonly count: number;
  /** From 1. */
  readonly line: number;
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f\ufeff]/g;
/** Those and halves of pairs: most texts have none, which one look tells. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const strange = /[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff\ufeff]/;
/** Of those, what texts begin or end with; that they go is not worth a word. */
const ordinary = "\u001a\ufeff";

/** Some of the characters that join none before them: there a text may be cut. (UAX #15, 9.1: boundary before.) */
const boundary =
  /[\0-\u02ff\u0400-\u0482\u05d0-\u05ea\u0621-\u064a\u0e01-\u0e30\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]/;

export interface ReadOptions {
  /** Whether nothing follows. */
  readonly isLast: boolean;
  /** Places of what could not be read and is U+FFFD, in UTF-16 units. */
  readonly bad?: readonly number[];
}

/** Takes a text piece by piece; however it is cut, what comes out is the same. */
export class Normaliser {
  /** What could not be read, and is U+FFFD now. */
  unread: Places = { count: 0, line: 0 };
  /** Control characters that are gone. */
  removed: Places = { count: 0, line: 0 };
  /** The first of them, as "U+0008". */
  firstRemoved = "";
  /** Whether letters and accents stood apart. */
  wasApart = false;
  /** Line feeds so far. */
  private lines = 0;
  /** The last character of the pieces before. */
  private last = "\n";
  /** The end of the pieces before, with which what follows may be one. */
  private held = "";
  private heldForm = "";

  read(piece: string, { isLast, bad = [] }: ReadOptions): string {
    const shift = this.held.length;
    const whole = this.held + piece;
    const cut = whole.length - (isLast ? 0 : openAtEnd(whole));
    this.held = whole.slice(cut);
    const raw = cut < whole.length ? whole.slice(0, cut) : whole;
    const text = this.inLines(raw);
    if (bad.length > 0) {
      const line = this.lines + lineFeeds(this.inLines(raw.slice(0, bad[0] + shift + 1))) + 1;
      this.unread = more(this.unread, bad.length, line);
    }
    const words = strange.test(text) ? this.withoutHalves(this.withoutControls(text)) : text;
    if (!isLast) this.lines += lineFeeds(text);
    this.last = text[text.length - 1] ?? this.last;
    return this.composed(words, isLast);
  }

  /** With line feeds at the ends of lines, and where a form feed alone parts two words. */
  private inLines(raw: string): string {
    const text = inLineFeeds(raw);
    if (!text.includes("\f")) return text;
    return text.replace(/\f+/g, (feeds, at: number) => {
      const [before, after] = [text[at - 1] ?? this.last, text[at + feeds.length] ?? "\n"];
      return /\S/.test(before) && /\S/.test(after) ? "\n" : "";
    });
  }

  private withoutControls(text: string): string {
    return text.replace(controls, (character, at: number) => {
      if (ordinary.includes(character)) return "";
      if (this.removed.count === 0)
        this.firstRemoved = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
      const line = this.removed.count > 0 ? 0 : this.lines + lineFeeds(text.slice(0, at)) + 1;
      this.removed = more(this.removed, 1, line);
      return "";
    });
  }

  private withoutHalves(text: string): string {
    if (!/[\ud800-\udfff]/.test(text)) return text;
    return text.replace(/\p{Surrogate}/gu, (_, at: number) => {
      const line = this.unread.count > 0 ? 0 : this.lines + lineFeeds(text.slice(0, at)) + 1;
      this.unread = more(this.unread, 1, line);
      return "\ufffd";
    });
  }

  private composed(words: string, isLast: boolean): string {
    let text = this.heldForm + words;
    this.heldForm = "";
    if (!isLast) {
      let cut = text.length - 1;
      while (cut > 0 && !boundary.test(text[cut])) cut--;
      this.heldForm = text.slice(Math.max(0, cut));
      text = text.slice(0, Math.max(0, cut));
    }
    if (!hasMarks(text)) return text;
    const composed = text.replace(letterAndMarks, (one) => one.normalize("NFC"));
    this.wasApart ||= composed !== text;
    return composed;
  }
}

/** All but what is no mark without doubt. */
const maybeMark = /[^\0-\u02ff\u2000-\u20cf\u2100-\u2bff\u3000-\u3029\u3400-\u9fff\uac00-\ud7a3]/g;
const mark = /[\p{M}\u1160-\u11ff]/u;
/** Characters in which marks are looked for at once, where one may be. */
const atOnce = 2 ** 12;

/** Whether a text has characters that may join the one before. To ask all of it for marks would take ten times as long. */
function hasMarks(text: string): boolean {
  maybeMark.lastIndex = 0;
  for (let found = maybeMark.exec(text); found; found = maybeMark.exec(text)) {
    if (mark.test(text.slice(found.index, found.index + atOnce))) return true;
    maybeMark.lastIndex = found.index + atOnce - 1; // The last unit may be half of a pair.
  }
  return false;
}

/**
 * A letter with what is written above and below it, or the parts of a Korean syllable. At most 30 marks are looked at
 * together, as in the stream-safe format of UAX #15: the time that they take grows with their square.
 */
const letterAndMarks = /(?:\P{M}|^)[\p{M}\u1160-\u11ff]{1,30}/gu;

function more({ count, line }: Places, added: number, first: number): Places {
  return { count: count + added, line: count > 0 ? line : first };
}

/** How many characters at the end of a text may be one with what follows, or must be read together with it. */
function openAtEnd(text: string): number {
  let end = text.length;
  while (text[end - 1] === "\f") end--;
  const [open] = /(?:\r{1,2}|[\ud800-\udbff])$/.exec(text.slice(-2)) ?? [""];
  return Math.max(text.length - end, open.length);
}

/**
 * With a line feed for each line end: also for the vertical tabs of Word, and for what Notepad wrote where it broke a
 * line that was too long for its window.
 */
function inLineFeeds(text: string): string {
  const lines = text.includes("\v") ? text.replace(/\v/g, "\n") : text;
  if (!lines.includes("\r")) return lines;
  // A search for fixed characters is twice as fast as one for /\r\n?/.
  return lines
    .replace(/\r\r\n/g, "\n")
    .replace(/\r\n/g, "\n")
    .replace(/\r/g, "\n");
}

function lineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
