/**
 * The words of a book without what its publisher wrote around them: Project Gutenberg's licence, which is cut here by
 * its markers, and the transcribers' notes and credits, which are found in `notes.ts`.
 */
import { withoutNotes } from "./notes";

export interface Stripped {
  /** The words, ending in one line feed. */
  readonly content: string;
  /** What the reader should know, as that less was taken off than was asked for; none in the ordinary case. */
  readonly notices: readonly string[];
}

const OPENING = [
  /^\s*\*{3}\s*START OF (?:(?:THE|THIS) )?(?:PROJECT GUTENBERG|COPYRIGHTED)/i,
  /^\s*\*END\s*\*?\s*THE SMALL PRINT/i, // until 2004 the licence stood before the book, and ended so
];

const CLOSING = [
  /^\s*\*{3}\s*END OF (?:(?:THE|THIS) )?(?:PROJECT GUTENBERG|COPYRIGHTED)/i,
  /^\W*(?:this is the )?end of (?:(?:the|this) )?(?:project gutenberg|e-?text\b)/i,
  /^\W*(?:ende (?:dieses|diese|des) proje[ck]t gutenberg|fin (?:de|du) (?:ce )?project gutenberg)/i,
  /^\W*start\W*(?:the small print|full licen[sc]e)/i,
  /^\s*the full project gutenberg licen[sc]e/i,
];

/** Licences between the works of one file, as in the Shakespeare of 1994. */
const INNER_LICENCES = [
  /<<\s*THIS ELECTRONIC VERSION OF[^>]*>>/gi,
  /^\*+\s*SMALL PRINT![^]*?^\*+\s*SMALL PRINT!.*\n(?:\["Small Print".*\n)?/gim,
];

/**
 * Takes off licence, notes and credits. A text that is none of Project Gutenberg's comes back as it is, and so does
 * one of which no word would be left.
 *
 * @param text with lines that end in "\n", as `decode` gives them
 */
export function strip(text: string): Stripped {
  if (!/project gutenberg/i.test(text)) return { content: text, notices: [] };
  const marked = betweenMarkers(text.split("\n")).join("\n");
  const book = INNER_LICENCES.reduce((rest, licence) => rest.replace(licence, ""), marked);
  const words = withoutNotes(book);
  if (hasWords(words)) return { content: words, notices: [] };
  if (hasWords(book))
    return { content: book, notices: ["only notes stand between its markers; they were kept"] };
  const notice = "nothing stands between its markers; all of it was kept, licence included";
  return { content: text, notices: [notice] };
}

/** The lines between each opening marker and the next closing one; from the first line where nothing opens. */
function betweenMarkers(lines: readonly string[]): string[] {
  const books: string[][] = [];
  let book: string[] | undefined = lines.some(isOpening) ? undefined : [];
  for (let i = 0; i < lines.length; i++) {
    if (isOpening(lines[i])) {
      book = []; // What stands between two openings is still the head.
      i = endOfMarker(lines, i);
    } else if (CLOSING.some((marker) => marker.test(lines[i]))) {
      if (book) books.push(book);
      book = undefined;
    } else {
      book?.push(lines[i]);
    }
  }
  if (book) books.push(book);
  return books.flatMap((each, index) => (index === 0 ? each : ["", "", "", ...each]));
}

function isOpening(line: string): boolean {
  return OPENING.some((marker) => marker.test(line));
}

/** The last line of a marker that begins in line `first`: a long title breaks it over several. */
function endOfMarker(lines: readonly string[], first: number): number {
  for (let i = first; i < Math.min(first + 6, lines.length) && lines[i].trim() !== ""; i++) {
    if (/\*\s*$/.test(lines[i])) return i;
  }
  return first;
}

function hasWords(text: string): boolean {
  return /\p{L}{2}/u.test(text);
}
