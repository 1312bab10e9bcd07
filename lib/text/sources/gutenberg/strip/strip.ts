/**
 * The words of a book without what its publisher wrote around them: Project Gutenberg's heads and licences, which
 * `sections.ts` finds, and the transcribers' notes and credits within a book, which `notes.ts` finds.
 */
import { type Cut, fromFirstWords, Lines } from "./layout";
import { notesIn } from "./notes";
import { type Section, sectionsOf } from "./sections";

export interface Stripped {
  /** The words, ending in one line feed. */
  readonly content: string;
  /** What the reader should know, as how much was taken off where that is more than a little; none in the ordinary case. */
  readonly notices: readonly string[];
}

/** What was found in a text. */
export interface Found {
  /** What is to be taken off, in order; no two overlap. */
  readonly cuts: readonly Cut[];
  /** The lines of the head, where the whole text is one book of Project Gutenberg; else none. */
  readonly head: readonly string[];
  /** Whether words stand outside of the books. */
  readonly isMixed: boolean;
}

/** Notes and credits of so many characters are told, and so is what was taken off a file that holds other words too. */
const MORE_THAN_A_LITTLE = 2_000;

/**
 * Takes off licence, notes and credits. A text that is none of Project Gutenberg's comes back as it is, and so does
 * one of which no word would be left.
 *
 * @param text with lines that end in "\n", as `decode` gives them
 */
export function strip(text: string): Stripped {
  return without(text, findIn(text));
}

/** What in a text is Project Gutenberg's. */
export function findIn(text: string): Found {
  const lines = new Lines(text);
  const sections = /gutenberg|small print/i.test(text) ? sectionsOf(lines) : [];
  const cuts: Cut[] = [];
  let isMixed = false;
  let heads = 0;
  sections.forEach((section, index) => {
    const before = index > 0 ? sections[index - 1] : undefined;
    const from = before ? lines.start(before.last + 1) : 0;
    const to = lines.start(section.first);
    const isBook = before ? before.kind === "head" : section.kind === "licence";
    if (isBook) for (const cut of notesIn(text, from, to)) cuts.push(cut);
    else if (hasWords(text.slice(from, to))) isMixed = true;
    cuts.push({ from: to, to: lines.start(section.last + 1), reason: section.kind });
    if (section.kind === "head") heads++;
  });
  const last = sections[sections.length - 1] as Section | undefined;
  if (last) {
    const from = lines.start(last.last + 1);
    if (last.kind === "head") for (const cut of notesIn(text, from, text.length)) cuts.push(cut);
    else if (hasWords(text.slice(from))) isMixed = true;
  }
  const isOne = heads === 1 && !isMixed && sections[0].kind === "head";
  const head = isOne
    ? text.slice(lines.start(sections[0].first), lines.start(sections[0].last + 1)).split("\n")
    : [];
  return { cuts, head, isMixed };
}

/** A text without what was found in it. */
export function without(text: string, { cuts, isMixed }: Found): Stripped {
  if (cuts.length === 0) return { content: text, notices: [] };
  const words = joined(text, cuts);
  if (hasWords(words)) return { content: words, notices: told(text, cuts, isMixed) };
  const book = joined(
    text,
    cuts.filter(({ reason }) => reason === "head" || reason === "licence"),
  );
  if (hasWords(book))
    return { content: book, notices: ["only notes stand between its markers; they were kept"] };
  const notice = "nothing stands between its markers; all of it was kept, licence included";
  return { content: text, notices: [notice] };
}

/** What is left between the cuts; where a licence stood between words, three blank lines stand. */
function joined(text: string, cuts: readonly Cut[]): string {
  let content = "";
  let at = 0;
  let isParted = false;
  const add = (piece: string): void => {
    const isFilled = /\S/.test(piece);
    if (isParted && isFilled) {
      content = content.trimEnd();
      const words = fromFirstWords(piece);
      content += content === "" ? words : `\n\n\n\n${words}`;
    } else content += piece;
    if (isFilled) isParted = false;
  };
  for (const { from, to, reason } of cuts) {
    add(text.slice(at, from));
    if (reason === "head" || reason === "licence")
      isParted ||= /^[^\S\n]*(?:\n|$)/.test(text.slice(to - 1, to + 1));
    at = to;
  }
  add(text.slice(at));
  const first = cuts[0].from === 0 || !/\S/.test(text.slice(0, cuts[0].from));
  const begun = first ? fromFirstWords(content) : content;
  const { length } = begun.trimEnd();
  // Mostly a line feed is there, and a book need not be copied to add one.
  return begun[length] === "\n" ? begun.slice(0, length + 1) : `${begun.slice(0, length)}\n`;
}

/** How much was taken off, where it is more than a little beside head and licence, or the file holds more than a book. */
function told(text: string, cuts: readonly Cut[], isMixed: boolean): string[] {
  const sizes = new Map<string, number>();
  for (const { from, to, reason } of cuts) sizes.set(reason, (sizes.get(reason) ?? 0) + to - from);
  const notes = (sizes.get("notes") ?? 0) + (sizes.get("credits") ?? 0);
  if (!isMixed && notes <= MORE_THAN_A_LITTLE) return [];
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const parts = ["head", "licence", "notes", "credits"].flatMap((reason) => {
    const size = sizes.get(reason);
    return size === undefined ? [] : [`${reason} ${count(size)}`];
  });
  const rest = isMixed ? "; the words before, between and behind Project Gutenberg's were kept" : "";
  return [
    `took off ${count(total)} of ${count(text.length)} characters: ${parts.join(", ")}${longest(text, cuts)}${rest}`,
  ];
}

/** How the longest note begins, so that one sees whether it is one. */
function longest(text: string, cuts: readonly Cut[]): string {
  const notes = cuts.filter(({ reason }) => reason === "notes");
  if (notes.length === 0) return "";
  const { from, to } = notes.reduce((one, other) =>
    other.to - other.from > one.to - one.from ? other : one,
  );
  const words = text.slice(from, to).replace(/\s+/g, " ").trim();
  return ` (the longest note begins "${words.slice(0, 60)}")`;
}

function count(characters: number): string {
  return characters.toLocaleString("en-US");
}

function hasWords(text: string): boolean {
  return /\p{L}{2}/u.test(text);
}
