/** Which encoding a file is in: by its mark, by what its head says, by rules, and else by a guess. */
import { isAscii, isUtf8 } from "node:buffer";
import { endingsInWords } from "../documents/kinds";
import { NoText } from "../no-text";
import { detected } from "./detect";
import { isInLatinLetters } from "./latin-letters";
import { labelOf, nameOf } from "./names";
import { controlsIn, likeness, unmarked } from "./unmarked";
import { joined } from "../../base/joined-bytes";
import { Utf8Share } from "./utf-8-share";

export interface Judgement {
  /** See `names.ts`. */
  readonly label: string;
  /** Bytes at the beginning that are a byte order mark. */
  readonly mark: number;
  /** What the reader should know of it. */
  readonly notices: readonly string[];
}

/** Byte order marks; that of UTF-32 stands before the one of UTF-16 that it begins with. */
const marks: readonly (readonly [label: string, mark: readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-32le", [0xff, 0xfe, 0, 0]],
  ["utf-32be", [0, 0, 0xfe, 0xff]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
  ["gb18030", [0x84, 0x31, 0x95, 0x33]],
];

/** The first bytes of a file, by which most is decided. */
const headLength = 2 ** 16;
/** Bytes that the detector is shown, and how many of them stand before the first beyond ASCII. */
const sampleLength = 2 ** 17;
const sampleBefore = 1000;
/** Fewer bytes beyond ASCII than these say nothing of a language in Latin letters. */
const fewest = 3;
/** Shares of control characters: up to the one there is no doubt, up to the other they may have strayed into a text. */
const fewControls = 0.01;
const manyControls = 0.05;
/** Bytes from which on spaces tell a text of one byte a character from UTF-16. */
const enough = 32;

/**
 * The encoding of bytes that are all there.
 *
 * @param name of the file, for errors and notices
 * @param given the label of the encoding that the user names
 * @throws where they are no text
 */
export function judge(bytes: Uint8Array, name: string, given?: string): Judgement {
  if (given === undefined && !bytes.includes(0)) {
    const head = bytes.subarray(0, headLength);
    const mark = markOf(head);
    // Most files are one of these two, and need not be read byte by byte.
    if (mark?.label === "utf-8") return { label: "utf-8", mark: mark.length, notices: [] };
    const isPlain = !mark && !head.includes(escape) && controlsIn(head) <= fewControls;
    if (isPlain && isUtf8(bytes)) return { label: "utf-8", mark: 0, notices: [] };
  }
  const judging = new Judge(name, given);
  judging.add(bytes);
  return judging.judged();
}

const escape = 27;

/**
 * Is shown a file from its beginning to its end, in any pieces, and then tells its encoding:
 *
 * 1. by the byte order mark, unless the file holds something else;
 * 2. as the user says;
 * 3. UTF-16 or UTF-32, where NUL bytes and control characters are many and make sense as that;
 * 4. UTF-8 where it is that;
 * 5. UTF-8 where some bytes are damaged: what is well-formed beyond ASCII is twice as much, in Latin letters as much;
 * 6. as the head of a book of Project Gutenberg says;
 * 7. by a detector, which is a guess.
 */
export class Judge {
  private head: Uint8Array = new Uint8Array(0);
  private hasNul = false;
  private readonly share = new Utf8Share();
  /** What stands before the first byte beyond ASCII, and what follows from there. */
  private before: Uint8Array = new Uint8Array(0);
  private sample: Uint8Array = new Uint8Array(0);

  /** See `judge`. */
  constructor(
    private readonly name: string,
    private readonly given?: string,
  ) {}

  add(chunk: Uint8Array): void {
    this.hasNul ||= chunk.includes(0);
    this.share.add(chunk);
    this.head = filled(this.head, chunk, headLength);
    const first = this.sample.length > 0 ? 0 : firstBeyondAscii(chunk);
    if (this.sample.length === 0) {
      const ascii = chunk.subarray(0, first).subarray(-sampleBefore);
      this.before = joined(this.before, ascii).slice(-sampleBefore);
    }
    this.sample = filled(this.sample, chunk.subarray(first), sampleLength);
  }

  /**
   * After all bytes were added.
   *
   * @throws where they are no text
   */
  judged(): Judgement {
    this.share.add();
    const { evidence } = this.share;
    const mark = markOf(this.head);
    const content = this.head.subarray(mark?.length ?? 0);
    const of = (label: string, ...notices: string[]) => ({ label, mark: mark?.length ?? 0, notices });
    const misled: string[] = [];
    if (mark) {
      const held = heldUnder(mark.label, content);
      if (held === mark.label) {
        if (held === "utf-8") this.refuseBinary(content);
        return of(held, ...this.otherThanGiven(held));
      }
      const notice = `${this.name} begins with the mark of ${nameOf(mark.label)}, but holds something else`;
      if (held !== undefined) return of(held, `${notice}: it was read as ${nameOf(held)}`);
      misled.push(notice);
    }
    // A mark of UTF-16 is two bytes that are no UTF-8.
    const bad = this.share.bad - (mark?.length ?? 0);
    // Of two bytes each many are well-formed by chance; of the few beyond ASCII between Latin letters hardly any.
    const enoughEvidence = bad === 1 || (evidence >= bad && isInLatinLetters(this.sample)) ? bad : 2 * bad;
    const isUtf8Damaged = evidence >= enoughEvidence;
    const wide = this.wide(content, isUtf8Damaged);
    if (this.given !== undefined) return of(this.given, ...misled);
    if (wide !== undefined) return of(wide, ...misled);
    if (bad === 0) return of(isJapaneseInAscii(content) ? "iso-2022-jp" : "utf-8", ...misled);
    if (isUtf8Damaged) return of("utf-8", ...misled);
    const told = toldBy(content);
    if (told === "utf-8" && (evidence >= bad || bad < fewest)) return of(told, ...misled);
    if (told !== undefined && told !== "utf-8") return of(told, ...misled);
    const label = this.guessed();
    const guess = `${this.name} was read as ${nameOf(label)}, a guess; name another by \`encoding\``;
    return of(label, ...misled, guess);
  }

  private otherThanGiven(label: string): string[] {
    const { given, name } = this;
    const isSame =
      given === undefined || given === label || [given, label].every((one) => /^utf-(16|32)/.test(one));
    return isSame
      ? []
      : [`${name} begins with the mark of ${nameOf(label)} and was read so, not as ${nameOf(given)}`];
  }

  private wide(content: Uint8Array, isUtf8: boolean): string | undefined {
    const controls = controlsIn(content);
    if (!this.hasNul && controls <= fewControls) return undefined;
    // Some may stray into any text. One of a byte a character has spaces.
    const mayBeStray =
      controls > manyControls ? !this.hasNul && hasSpaces(content) : isUtf8 || hasSpaces(content);
    const wide = mayBeStray ? undefined : unmarked(content);
    if (wide === undefined) this.refuseBinary(content);
    return wide;
  }

  private refuseBinary(content: Uint8Array): void {
    if (this.hasNul && controlsIn(content) > manyControls)
      throw new NoText(
        `Expected plain text in ${this.name}, found binary data (NUL bytes): give a text, or a ${endingsInWords} file`,
        "binary",
      );
  }

  private guessed(): string {
    const beyond = this.sample.reduce((count, byte) => count + (byte > 0x7f ? 1 : 0), 0);
    const letters = this.sample.length + this.before.length - beyond;
    if (beyond < fewest && letters > beyond) return "windows-1252";
    return detected(joined(this.before, this.sample).filter((byte) => byte > 0));
  }
}

function markOf(head: Uint8Array): { readonly label: string; readonly length: number } | undefined {
  for (const [label, mark] of marks) {
    const isThere = mark.every((byte, index) => head[index] === byte);
    // What looks like the mark of UTF-32 may be that of UTF-16 before a NUL.
    if (isThere && (!label.startsWith("utf-32") || likeness(wholeUnits(head, 4), label) > -0.5))
      return { label, length: mark.length };
  }
  return undefined;
}

function wholeUnits(bytes: Uint8Array, width: number): Uint8Array {
  return bytes.subarray(0, bytes.length - (bytes.length % width));
}

/**
 * What stands behind a mark: mostly what it says, else UTF-16 in the other order, or undefined: something of one byte a
 * character.
 */
function heldUnder(label: string, content: Uint8Array): string | undefined {
  if (!label.startsWith("utf-16") || content.length < enough) return label;
  if (!content.includes(0)) return hasSpaces(content) ? undefined : label;
  const other = label === "utf-16le" ? "utf-16be" : "utf-16le";
  const units = wholeUnits(content, 2);
  return likeness(units, other) > likeness(units, label) + 0.3 ? other : label;
}

function hasSpaces(bytes: Uint8Array): boolean {
  const spaces = bytes.reduce((count, byte) => count + (byte === 32 ? 1 : 0), 0);
  return spaces > bytes.length / 20;
}

function isJapaneseInAscii(head: Uint8Array): boolean {
  const text = head.includes(escape) && isAscii(head) ? inLatin1(head) : "";
  return text.includes("\u001b$B") || text.includes("\u001b$@");
}

/** What the head of a book of Project Gutenberg says of its encoding. */
function toldBy(head: Uint8Array): string | undefined {
  const text = inLatin1(head);
  const told = /^Character set encoding:[ \t]*(.+?)[ \t\r]*$/im.exec(text)?.[1];
  if (told === undefined || !/project gutenberg/i.test(text) || /ascii|646/i.test(told)) return undefined;
  const label = labelOf(told.replace(/\(.*/, "")) ?? labelOf(told.replace(/^unicode\W*/i, ""));
  return label !== undefined && /^utf-(16|32)/.test(label) ? undefined : label;
}

function inLatin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2 ** 12)
    text += String.fromCharCode(...bytes.subarray(at, at + 2 ** 12));
  return text;
}

function firstBeyondAscii(bytes: Uint8Array): number {
  if (isAscii(bytes)) return bytes.length;
  let first = 0;
  while (bytes[first] < 0x80) first++;
  return first;
}

/** Some bytes with more behind them, up to a length. */
function filled(bytes: Uint8Array, more: Uint8Array, length: number): Uint8Array {
  const room = length - bytes.length;
  return room > 0 && more.length > 0 ? joined(bytes, more.subarray(0, room)) : bytes;
}
