/** Credits: who made the electronic book, from what. */
import type { Paragraph } from "./layout";
import { CREDIT, MAKERS, NOTICE, TEAM } from "./note-words";

/** A credit is at most so long, in lines and characters. */
export const CREDIT_LINES = 15;
export const CREDIT_LENGTH = 1_500;

/** What a credit goes on with, as makers and their sources are called: a name, "the 1910 edition", "an anonymous volunteer". */
const NAMED =
  /^\s*["(]?(?:(?:the|an?|several|many|some|various) )?(?:\p{Lu}|\d{4}|https?:|www\.|(?:\w+ ){0,2}(?:volunteers?|teams?|members?|proof\w+|scans?|images?|pages?|copy|copies|editions?|books?|originals?|files?|materials?|e-?texts?)\b)/u;

export function isCredit({ text, lines }: Paragraph): boolean {
  if (lines.length > CREDIT_LINES || text.length > CREDIT_LENGTH) return false;
  if (NOTICE.test(text) || (lines.length <= 4 && TEAM.test(text))) return MAKERS.test(text);
  const match = CREDIT.exec(text);
  if (match === null) return false;
  // "Produced by Judith Boss", but not "Produced by the storm, waves rose" nor "Prepared for the worst, he sang."
  const behind = text.slice(match[0].length);
  return MAKERS.test(text)
    ? NAMED.test(behind)
    : !/\bfor$/i.test(match[0]) && /^\s*["(]?\p{Lu}/u.test(behind);
}

/** Whether it is one wherever it stands: it names what only electronic books have. */
export function isSurelyCredit(paragraph: Paragraph): boolean {
  return isCredit(paragraph) && MAKERS.test(paragraph.text);
}
