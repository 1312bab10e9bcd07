/**
 * The words by which Project Gutenberg's own writing is known: its markers, its heads, its licences of 1991 to today. A
 * sentence of them proves nothing in the middle of prose; `sections.ts` looks at where it stands.
 */

const THEIR_BOOK = String.raw`e-?(?:text|book)s?\b`;

/** "*** START OF THE PROJECT GUTENBERG EBOOK EMMA ***", in the languages in which it was seen. */
export const START_MARKER =
  /^\s*\*{3}\s*(?:START|BEGINNING|INIZIO|D[ÉE]BUT|ANFANG|BEGIN|COMIENZO|IN[ÍI]CIO)\b.{0,20}\b(?:PROJE[CK]T GUTENBERG|COPYRIGHTED)/i;

export const END_MARKER =
  /^\s*\*{3}\s*(?:END|ENDE|FINE?|EINDE|FIM)\b.{0,20}\b(?:PROJE[CK]T GUTENBERG|COPYRIGHTED)/i;

/** The last line of the licence that stood before the book until 2001, and behind it until 2004. */
export const SMALL_PRINT_END = /^\s*\*END\s*\*?\s*THE SMALL PRINT/i;

/** Lines with which a licence begins that has no marker of its end before it. */
export const LICENCE_START =
  /^\W*START\W*(?:THE SMALL PRINT|FULL LICEN[SC]E)|^\s*THE FULL PROJECT GUTENBERG(?:-TM|™)? LICEN[SC]E/i;

/** "End of Project Gutenberg's Emma, by Jane Austen", which stands before the marker or instead of it. */
export const END_LINE = new RegExp(
  [
    String.raw`^\W*(?:this is the )?end of (?:(?:the|this) )?project gutenberg(?:['’]s|-tm|™)?(?: of)?(?: australia)? ${THEIR_BOOK}`,
    String.raw`^\W*end of (?:the|this) e-?text(?: (?:of|edition)\b|\W*$)`,
    String.raw`^\W*this site is full of free ebooks\W+project gutenberg australia`,
    String.raw`^\W*end of (?:the )?project gutenberg['’]s .+,\s+by\b`,
    String.raw`^\W*(?:ende (?:dieses|diese|des) proje[ck]t gutenberg|fin (?:de|du) (?:ce )?project gutenberg|fine (?:di|del|dell['’]?)\s*(?:questo )?project gutenberg|e[ií]nde van (?:dit )?project gutenberg)`,
  ].join("|"),
  "i",
);

/** "End of Project Gutenberg's …" without a "by", which says nothing unless the marker or a licence follows. */
export const MAYBE_END_LINE = /^\W*end of (?:(?:the|this) )?project gutenberg\b/i;

/** The first line of a head: "The Project Gutenberg eBook of Emma, by Jane Austen". */
const HEAD_LINE = new RegExp(
  [
    String.raw`^[\s*_]*(?:(?:the|a) )?project gutenberg(?:['’]s)?(?: (?:of )?australia)?(?:['’]s)? ${THEIR_BOOK}(?: (?:of|edition)\b|[,:]|\W*$)`,
    String.raw`^[\s*_]*(?:the )?project gutenberg['’]s \S.{0,150},? by(?: \S+){1,9}\s*\**$`,
    String.raw`^[\s*_]*project gutenberg (?:of )?australia[\s*_]*$`,
  ].join("|"),
  "i",
);

/** Whether a line is the first of a head, and not of a sentence. */
export function isHeadLine(line: string): boolean {
  return HEAD_LINE.test(line) && !/\p{Ll}{2}[.!?]["”]?\s*$/u.test(line);
}

/** How the first paragraph of a head begins whose title is too long for a line, or has no "by". */
export const LONG_TITLE = /^[\s*_]*(?:the )?project gutenberg['’]s \S/i;

/** "Title: Emma". */
export const FIELD =
  /^(?:sub)?(?:title|author|editor|translator|illustrator|contributor|commentator|compiler|annotator|composer|release date|posting date|original publication|(?:this file was )?last updated|most recently updated|date (?:first posted|last updated|most recently updated)|language|edition|character set encoding|credits|copyright date|e-?(?:book|text) (?:no\.?|#)) ?:/i;

/** Fields that a book of its own hardly has. */
export const SURE_FIELD =
  /^(?:release date|posting date|character set encoding|date (?:first posted|most recently updated)|e-?(?:book|text) (?:no\.?|#)) ?:|\[e-?(?:text|book) ?# ?\d+\]/i;

/** Sentences of their heads and licences. */
const SENTENCES = new RegExp(
  [
    // heads
    "use of anyone anywhere",
    "almost no restrictions whatsoever",
    "copyright laws are changing all over",
    "(?:where|in which) you are located before using this",
    "should be the first thing seen",
    "important information in this header",
    "electronic path open",
    "information to the end, (?:thus|rather)|most of the information to the end",
    "legal small print",
    "plain vanilla electronic texts",
    "readable by both humans and by computers",
    String.raw`these ${THEIR_BOOK} (?:were |are )?prepared by`,
    "on contacting project gutenberg",
    String.raw`this file should be named|all associated files of various formats`,
    String.raw`corrected editions of (?:our|the) ${THEIR_BOOK}`,
    "versions based on separate sources",
    "in our series by",
    "ahead of schedule",
    "this file was first posted",
    String.raw`\[e-?(?:text|book) ?# ?\d+\]`,
    // news of the 1990s
    "to release all our (?:books|e-?texts|e-?books)",
    "nor its contents are final",
    "dollars (?:for each|per) hour",
    "give away (?:one|1) trillion",
    "briefest record of our progress",
    "need your donations",
    "all donations should be made to|donations? (?:may|should) be (?:made|mailed|sent)",
    "contributions are being solicited",
    "we have filed in",
    "requirements for other states",
    "various questions we have received|donations by international donors|mail to project gutenberg|mail a check or money order",
    "executive director",
    String.raw`hart@pobox|gbnewby|pglaf\b`,
    "ftp directly|ftp program|do not point and click|login: anonymous",
    String.raw`etext(?:9\d|0\d)\b`,
    "want to download any ebook before announcement",
    "just search by the first five letters",
    "literary archive foundation",
    "project gutenberg association",
    "information (?:about|prepared by the) project gutenberg|project gutenberg legal advisor",
    // small print
    "small print!",
    "before!?\\*? you use or read this e",
    "(?:about|distribution under) .?project gutenberg-tm",
    "to create these e-?(?:texts|books), the project",
    "limited warranty|replacement or refund|warranties of any kind",
    "you discover a defect in this",
    "disclaimers of (?:certain )?implied warranties",
    "indemnify and hold",
    "may distribute copies of this e-?(?:text|book)",
    "only give exact copies of it",
    "honor the e-?(?:text|book) refund",
    "trademark license fee",
    "want\\*? to send money even if",
    "contributing scanning equipment|gratefully accepts contributions (?:of|in) money",
    "portions of this (?:e-?(?:text|book)'s )?header",
    // the licence since 2003
    "updated editions will (?:replace|be renamed)",
    "united states copyright in these works|creating the works from",
    "full project gutenberg(?:-tm|™)? license|gutenberg(?:-tm|™) licen[sc]e|terms of the project gutenberg",
    "gutenberg(?:-tm|™) (?:electronic work|mission|collection|concept|trademark|website|ebooks?|works?|is synonymous|depends upon)",
    String.raw`^section \d\. +(?:general|information)`,
    String.raw`^1\.[A-F]\.`,
    "all references to project gutenberg",
    "you (?:pay a royalty fee|provide a full refund|comply with all other terms)|provide, in accordance with paragraph",
    "foundation(?:'s|’s) (?:principal office|business office|ein)",
    "additional contact information",
    "laws regulating charities",
    "states where we have not met",
    "international donations are gratefully",
    "current donation methods",
    "originator of the project gutenberg",
    "often created from several printed|usually created from multiple editions",
    "main pg search facility",
    "subscribe to our email newsletter",
    String.raw`\(or /etext|filed in a different way|filename \d+ would be found|found at: http://(?:www\.)?gutenberg`,
    "posted prior to november 2003|posted since november 2003|gutindex|filed in directories",
    // Australia, Canada, Germany, France
    "project gutenberg (?:of )?australia",
    "laws for your country before downloading",
    String.raw`gutenberg\.net\.au|gutenberg\.(?:org|net|ca)/(?:licen|fund|don|contact)|^https?://(?:www\.)?gutenberg\.(?:org|net)\S*$|^https?://promo\.net`,
    "gutenberg2000\\.de|gutenberg\\.spiegel\\.de|projekt gutenberg-de",
    "this e-?(?:text|book) is in german\\. we are releasing",
    // the sentence on the use of anyone, translated
    "von jedermann .{0,40}(?:kostenfrei|kostenlos)|ohne (?:irgendwelche|jegliche) einschränkungen",
    "l['’]usage de (?:quiconque|tous|n['’]importe qui).{0,60}(?:gratuit|sans)|presque aucune restriction",
    "door iedereen.{0,60}(?:gratis|zonder kosten)|vrijwel geen beperkingen|bijna geen beperkingen",
    "licen(?:ce|tie|za|cia) (?:de|du|di|van) project gutenberg|project gutenberg[- ](?:lizenz|licentie)",
  ].join("|"),
  "i",
);

/** The credits of a book, as they stand in a head or beside it. */
const CREDIT =
  /^\W*(?:(?:this|the) )?(?:project gutenberg )?(?:e-?text|e-?book|file|html version)?\s*(?:was |were )?(?:originally )?(?:produced|prepared|transcribed|scanned|entered|proofed|digiti[sz]ed)(?: and \w+)? (?:for project gutenberg )?(?:by|from)\b ?:?/i;

/** A paragraph of theirs is at most so long, in lines; a longer one is somebody's, with a line of the licence joined to it. */
export const PARAGRAPH_LINES = 30;

/** As many characters of a paragraph are looked at; none of theirs is longer. */
const LOOK = 4_000;

/** Whether a paragraph, its lines in one, is of the kind that licences consist of. */
export function isLicence(paragraph: string): boolean {
  const words = paragraph.slice(0, LOOK);
  return SENTENCES.test(words) || LICENCE_END.test(words);
}

/** Whether a paragraph is of the kind that heads consist of. */
export function isHead(paragraph: string): boolean {
  const words = paragraph.slice(0, LOOK);
  return FIELD.test(words) || SENTENCES.test(words) || isHeadLine(words) || CREDIT.test(words);
}

/** The last line of a whole licence. */
export const LICENCE_END = new RegExp(
  String.raw`\babout new e-?books\W*$|${SMALL_PRINT_END.source}|^\W*END\W*FULL LICEN[SC]E`,
  "i",
);

/** What somebody leaves of a licence: the word. */
export const LICENCE_STUB =
  /^\W*(?:the )?(?:full )?(?:project gutenberg(?:-tm|™)? )?(?:licen[sc]e|lizenz|licentie)(?: (?:text|follows|here))?\W*$/i;
