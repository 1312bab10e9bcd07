/**
 * Whether a file is the book of Project Gutenberg that was asked for, and all of it. What of it is the book's own is in
 * `strip/`.
 */
import type { Checked } from "../fetch";
import { headLength, unlikeText } from "../unlike-text";
import { endsOf } from "./file-ends";
import { isHeadLine } from "./strip/publisher-words";

/** In use since 2003; each stands in a file together with an end marker. */
const START = /\*{3}\s*START OF (?:(?:THE|THIS) )?(?:PROJECT GUTENBERG|COPYRIGHTED)/i;
const END = /\*{3}\s*END OF (?:(?:THE|THIS) )?(?:PROJECT GUTENBERG|COPYRIGHTED)/i;
/** Older files say it in a sentence: "End of the Project Gutenberg Etext of Emma". */
const OLD_END = /^\W*(?:this is the )?end of (?:(?:the|this) )?project gutenberg/im;
/** What every head of the 1990s holds. A page that only speaks of their books has it not. */
const SMALL_PRINT = /the small print!/i;
const NUMBER = /\[\s*e-?(?:book|text)\s*#\s*(\d+)\s*\]/gi;

/**
 * Looks at a file's head and end.
 *
 * @returns the problem where it is a web page or another book, or where its end is missing
 * @example await checkBook("pg1342.txt", 1342) // { isComplete: true }
 */
export async function checkBook(file: string, id: number): Promise<Checked> {
  const { head, tail, whole } = await endsOf(file);
  const kind = unlikeText(head.subarray(0, headLength), file);
  if (kind !== undefined) return { problem: `${kind}, not book ${id}` };
  const [start] = head.toString("latin1").split(END);
  const hasStart = START.test(start);
  const numbers = [...start.matchAll(NUMBER)].map(([, number]) => Number(number));
  if (!hasStart && !numbers.includes(id) && !hasOldHead(start))
    return { problem: `not book ${id}: it has no head of Project Gutenberg` };
  if (numbers.length > 0 && !numbers.includes(id))
    return { problem: `not book ${id}, but book ${numbers.join(" or ")}` };
  if (hasEnd(tail)) return { isComplete: true };
  if (!hasStart) return {};
  // Somebody may have written something long behind it.
  return END.test((await whole()).toString("latin1"))
    ? { isComplete: true }
    : { problem: "only a part of the book: its end marker is missing" };
}

/** Whether Project Gutenberg's end marker stands at the end of a file, so that nothing of it is missing. */
export async function endsAsBook(file: string): Promise<boolean> {
  return hasEnd((await endsOf(file)).tail);
}

function hasEnd(tail: Buffer): boolean {
  const text = tail.toString("latin1");
  return END.test(text) || OLD_END.test(text);
}

function hasOldHead(start: string): boolean {
  return SMALL_PRINT.test(start) || start.split(/[\r\n]+/).some(isHeadLine);
}
