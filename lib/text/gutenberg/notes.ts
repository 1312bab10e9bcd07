/**
 * What the makers of an electronic book wrote into it: transcribers' notes, credits, addresses. There is no marker for
 * them, only custom; where it leaves doubt, the words stay.
 */

/** Lines without a blank one between them. */
interface Paragraph {
  readonly lines: readonly string[];
  /** The lines in one. */
  readonly text: string;
  /** The blank lines before it. */
  readonly gap: number;
}

/** How many paragraphs from either end may be credits, and how long one is at most, in lines. */
const EDGE = 30;
const CREDIT_LINES = 15;
/** A note of the transcriber ends at the latest after so many paragraphs, and at a gap of so many blank lines. */
const NOTE_PARAGRAPHS = 20;
const NOTE_GAP = 3;
/** A note at the end of a book, often a list of errors, is at most so long. */
const LAST_NOTE_LINES = 400;

const NOTES = [
  /^[\W_]*(?:(?:original|electronic|e-?text) )?transcri(?:ber|bers|ption)\W{0,2}s?\W{0,2}(?:end)?notes?\b/i,
  /^[\W_]*(?:typographical )?errors corrected by the (?:e-?text )?transcriber/i,
  /^[\W_]*(?:notes? (?:du|de la|sur la|de) tran|notas? (?:del?|do|da) tran|nota (?:del|di) tra)scri/i,
  /^[\W_]*anmerkung(?:en)? (?:zur|des|der) transkri/i,
];
const BRACKETED_NOTE = /[ \t]*\[[^[\]\n]{0,20}transcriber\W{0,2}s?\W{0,2}note[^[\]]*\]/gi;
const CREDIT =
  /^\W*(?:(?:this|the) )?(?:e-?text|e-?book|edition|file|text|book|version)?\s*(?:was |were )?(?:originally )?(?:produced|prepared|transcribed|scanned|created|converted|digiti[sz]ed|proof(?:read|ed)|typed|entered|provided|contributed)(?: and \w+)? (?:by|from|for|with)\b/i;
/** Words that no printed book knew. */
const ELECTRONIC =
  /\be-?texts?\b|\be-?books?\b|\binternet (?:archive|wiretap)\b|\be-?mail\b|\bhtml\b|\bwww\.|https?:|\w@\w+\.\w|pgdp|distributed proofread|project gutenberg/i;
const LEGAL =
  /licen[sc]e|copyright|trademark|\be-?texts?\b|\be-?books?\b|gutenberg\.(?:org|net)|\bdistribut/i;
const RULE = /^[\s*_=~.+-]+$/;

/** The text without notes, credits and notices, and without blank lines and rules at its ends; it ends in one "\n". */
export function withoutNotes(book: string): string {
  const all = paragraphsOf(book.replace(BRACKETED_NOTE, ""));
  const body = withoutNoteParagraphs(all).filter(
    ({ text }) => !(/project gutenberg/i.test(text) && LEGAL.test(text)),
  );
  const kept = body.filter(({ lines, text }, index) => {
    const atEdge = index < EDGE || index >= body.length - EDGE;
    return !(atEdge && lines.length <= CREDIT_LINES && ELECTRONIC.test(text));
  });
  while (kept.length > 0 && isRuleOrCredit(kept[0])) kept.shift();
  while (kept.length > 0 && isRuleOrCredit(kept[kept.length - 1])) kept.pop();
  return kept
    .map(({ lines, gap }, index) => "\n".repeat(index === 0 ? 0 : gap) + lines.join("\n") + "\n")
    .join("");
}

function paragraphsOf(book: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let lines: string[] = [];
  let gap = 0;
  let next = 0;
  for (const line of [...book.split("\n"), ""]) {
    if (line.trim() !== "") {
      if (lines.length === 0) [gap, next] = [next, 0];
      lines.push(line);
    } else {
      if (lines.length > 0) paragraphs.push({ lines, text: lines.join(" "), gap });
      lines = [];
      next++;
    }
  }
  return paragraphs;
}

function withoutNoteParagraphs(paragraphs: readonly Paragraph[]): Paragraph[] {
  const kept: Paragraph[] = [];
  for (let i = 0; i < paragraphs.length; i++) {
    if (!isNote(paragraphs[i])) kept.push(paragraphs[i]);
    else if (isLastNote(paragraphs, i)) break;
    else i = endOfNote(paragraphs, i);
  }
  return kept;
}

/** Whether a paragraph begins a note; a box may be drawn around it. */
function isNote({ lines }: Paragraph): boolean {
  return lines.slice(0, 3).some((line) => NOTES.some((note) => note.test(line)));
}

/** Whether the note in paragraph `first` goes on to the end of the book. */
function isLastNote(paragraphs: readonly Paragraph[], first: number): boolean {
  const rest = paragraphs.slice(first).reduce((sum, { lines, gap }) => sum + lines.length + gap, 0);
  return first > paragraphs.length / 2 && rest <= LAST_NOTE_LINES;
}

/** The last paragraph of the note that begins in paragraph `first`. */
function endOfNote(paragraphs: readonly Paragraph[], first: number): number {
  const { lines } = paragraphs[first];
  const isHeading = lines.length === 1 && /notes?\W*$/i.test(lines[0]);
  const shortest = Math.min(first + (isHeading ? 1 : 0), paragraphs.length - 1);
  for (let last = shortest; last < first + NOTE_PARAGRAPHS && last + 1 < paragraphs.length; last++) {
    const next = paragraphs[last + 1];
    if (next.gap >= NOTE_GAP || isHeadline(next)) return last;
    if (RULE.test(next.text)) return last + 1;
  }
  return shortest;
}

/** Whether a paragraph is set in capitals, as titles and chapters are. */
function isHeadline({ lines }: Paragraph): boolean {
  return /\p{Lu}/u.test(lines[0]) && !/\p{Ll}/u.test(lines[0]);
}

function isRuleOrCredit({ text }: Paragraph): boolean {
  return RULE.test(text) || CREDIT.test(text);
}
