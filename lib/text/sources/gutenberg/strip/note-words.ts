/** The words by which the notes of a book's electronic makers are known, in English, French, German, Dutch and others. */

/** A pattern whose blanks may also be the ends of lines, so that lines need not be joined to look for it. */
function acrossLines({ source, flags }: RegExp): RegExp {
  return new RegExp(source.replace(/ /g, String.raw`\s+`), flags);
}

/** How a note of the makers is headed; behind these no letter follows. */
const LABELS = [
  String.raw`(?:(?:original|electronic|e-?text|english|end|pg) )?transcri(?:ber|bers|bor|ption|ptionist)\W{0,2}s?\W{0,2}(?:end[- ]?)?(?:notes?|comments?|remarks?|endnotes?|changes|changelog|amendments)`,
  String.raw`(?:redactor|digiti[sz]er|(?:e-?text|e-?book|pg|project gutenberg|online|html) (?:editor|producer|proofer|preparer)|proofreader|proofer|preparer|scanner|typist)\W{0,2}s?\W{0,2} (?:end)?(?:notes?|comments?|remarks?)`,
  String.raw`(?:an? )?notes? (?:by|from|of|about) the (?:transcribers?|redactor|digiti[sz]er|(?:e-?text|e-?book) (?:editor|producer))`,
  String.raw`(?:transcri\w+|pg|project gutenberg|e-?text|e-?book)\W{0,2}s?\W{0,2} (?:list of )?(?:errata|corrigenda|corrections)`,
  String.raw`(?:notes?|notice|remarques?) (?:du|de la|des|sur la|de) (?:transcri\w+|version [ée]lectronique)`,
  String.raw`(?:anmerkung(?:en)?|hinweise?|bemerkung(?:en)?|notiz(?:en)?|korrekturen|änderungen) (?:zur|zu der|des|der|durch den|zum|von) (?:transkri\w+|bearbeiters?|e-?texte?s?|e-?books?|elektronischen)`,
  String.raw`(?:opmerking(?:en)?|aantekening(?:en)?|noot|noten|nota|correcties) (?:van|bij) de (?:bewerkers?|transcri\w+|tekstbewerkers?|transcriptie)`,
].join("|");
/** The same; behind these the word may go on. */
const OPEN_LABELS = [
  String.raw`(?:(?:a )?list of (?:the )?)?(?:errata|corrigenda|corrections|(?:typographical |printer['’]?s['’]? )?errors)\W{1,3}(?:(?:as )?(?:noted|listed|made|corrected|found)\W{1,2})?by (?:the )?(?:e-?text )?(?:transcriber|proofreader|redactor|pg|e-?text)`,
  String.raw`notas? (?:del?|do|da|dos) transcri\w+|not[ae] (?:del?|di|della) trascri\w+|notas de transcri\w+|not[ăa] transcri\w+`,
  String.raw`(?:notes?|avis) aux? lecteurs? de ce fichi?er|nota de editor\W{1,3}devido à (?:existência|quantidade) de erros tipográficos`,
  String.raw`transkriptionsnotiz\w*|bearbeitungshinweis\w*`,
  String.raw`(?:transkribentens|avskrivarens|transskriptørens|transkriptørens) \w+|huomautus(?:ksia)? sähköisestä`,
].join("|");
/** The source of a pattern. That no letter follows is said in it once, since the longer it is the longer it is compiled. */
export const LABEL = String.raw`(?:(?:${LABELS})(?![\p{L}\p{N}])|${OPEN_LABELS})`;

/** A line that begins with the heading of a note. */
export const HEADED = new RegExp(String.raw`^[\W_]*${LABEL}`, "iu");

/** Headings that a printed book may have as well; what stands below them decides. */
export const DOUBTFUL_LABEL = acrossLines(
  /^\W*(?:notes?|errata|corrigenda|corrections|note (?:to|for) (?:the )?readers?|to the reader|(?:avis |note )?aux? lecteurs?|an den leser|an die leser|hinweis|anmerkung(?:en)?|aan den? lezer|opmerking(?:en)?|correcties|drukfouten|verbeteringen|note on the (?:e-?)?text)(?: \((?:noted|corrected|made) by [^]*$(?<=\)\W*))?\W*$/i,
);

/** What a note at the beginning says of one at the end. */
export const ANNOUNCED =
  /\b(?:errors|errata|corrections|changes)\b.{0,40}\b(?:listed|given|noted|found|described)\b.{0,20}\bat the end\b|d['’]autres précisions à la fin|am ende (?:des|dieses) (?:textes|buches).{0,40}(?:liste|verzeichn|aufgeführt)/i;

/** Sentences quoted from a book, listed for searching. */
export const BOOKMARKS =
  /^[\W_]*(?:editor['’]?s['’]? bookmarks\W*$|(?:e-?text|e-?book|pg|project gutenberg|d\.?w\.?|(?:david )?widger)(?: editor)?(?:['’]?s)?(?: editor['’]?s)? bookmarks\b)/i;

const OBJECT =
  /\be-?texts?\b|\be-?books?\b|\belectronic (?:edition|version|text|book)|\b(?:this|the) (?:file|transcription)s?\b|\b(?:text|html|ascii|pdf|plain.text|latin-?1|utf-?8|unicode) (?:file|version|transcription)s?\b|\btext (?:file|reader|editor)s?\b|\bhtml\b|\bascii\b|\butf-?8\b|\bunicode\b|\blatin-?1\b|\btranscri(?:ber|ption|bed)|\blilypond\b|\bmidi\b|\bproject gutenberg\b|distributed proofread|livre électronique|(?:version|texte|édition) électronique|fichier|transcript(?:eur|ion)|\belektronische\w* (?:text|buch|fassung|version|ausgabe)|\btranskri\w+|\bdieser (?:text|datei)|\bdit (?:e-?boek|bestand)|\bdigitale (?:versie|editie)|\bbewerker/i;
const TOPIC =
  /\bspellings?\b|hyphenat|\bhyphens?\b|punctuation|\btypos?\b|typograph|misprint|printer['’]?s['’]? error|printing error|\bitalic|underscores?\b|\bbold(?:face)?\b|small.?cap|superscript|\boriginal (?:text|spelling|edition|book|printed|copy|publication|page)|\bprinted (?:book|text|edition|page|copy|volume|as)\b|\bprint (?:edition|version)\b|\bpaper edition\b|\bfootnotes?\b|\bmacrons?\b|circumflex|\baccents?\b|diacrit|\bligatures?\b|\bgreek\b|\bquotation marks?\b|\bquote marks?\b|\berrata\b|\btext (?:reads|has|unchanged)\b|\b(?:final|closing|open|opening|missing|extra) (?:quotation|quote|comma|period|parenthes[ie]s|punctuation|bracket)|\bpage (?:numbers?|images?|scans?)\b|\b\d+\.png\b|orthograph|italiques?|coquilles?|\ben gras\b|l['’]original\b|ponctuation|schreibweise|rechtschreibung|druckfehler|satzfehler|\bantiqua\b|\bfraktur|gesperrt|sperrschrift|sperrsatz|kursiv|interpunktion|zeichensetzung|original(?:text|ausgabe|s)?\b|textzeilen|drukfout|zetfout|cursie[fv]|gespatieerd|interpunctie|leestekens|origine(?:el|le)/i;
const ACT =
  /\bcorrected\b|\bcorrections?\b|\bretained\b|\bpreserved\b|\b(?:un)?changed\b|\bmarked\b|\bindicated\b|\bdenoted?\b|\brepresented\b|\benclosed\b|\breplaced\b|\bremoved\b|\bnormali[sz]ed\b|\bmoderni[sz]ed\b|\bstandardi[sz]ed\b|\bsilently\b|\bregulari[sz]ed\b|\bleft as\b|\bas printed\b|\bshown (?:as|here)\b|\brenumbered\b|\brestored\b|\binserted\b|\bomitted\b|\bsupplied\b|\binvisible\b|\bunchanged\b|\bkept\b|\bprepared\b|corrigée?s?\b|conservée?s?\b|indiquée?s?\b|remplacée?s?\b|respectée?s?\b|\bplacé|korrigiert|beibehalten|übernommen|geändert|gekennzeichnet|markiert|dargestellt|berichtigt|ersetzt|wiedergegeben|umschl(?:ie|o)ss|angeführt|verbeterd|gecorrigeerd|behouden|aangegeven|weergegeven|gewijzigd|vervangen|overgenomen/i;
/** Places and pairs, as lists of corrections have them. */
const ENTRY =
  /\b(?:p(?:age|g|\.)?|line|l\.|seite|s\.|zeile|blz\.?|bladzijde|pagina|regel|ligne|footnote)\s*\d+\b|\b\d+\.png\b|=>|-->|→|["'”’»\]] ?(?:was |has been |have been )?(?:changed|corrected|altered|normali[sz]ed|replaced|remplacé|geändert|korrigiert|veranderd|gewijzigd|verbeterd|par|for|to|in) ["'“‘«[]|\[_[^\]]+_\]|^_[^_]+_$/im;

/** How a paragraph begins that speaks of the file it stands in. */
const OF_THIS =
  /^\W*(?:this|these|in this|for this|note|all|text|italics?|the (?:text|file|e-?text|e-?book|html|ascii|utf|original|following|listed)|dieser?|dieses|in diese[mr]|der (?:text|originaltext|vorliegende)|das original|ce(?:tte|t)?|dans (?:ce|cette)|le texte|dit|deze|in (?:dit|deze)|de (?:tekst|spelling))\b/i;

function count(pattern: RegExp, text: string): number {
  const found = text.match(new RegExp(pattern.source, "gi")) ?? [];
  return new Set(found.map((word) => word.toLowerCase())).size;
}

/** As many characters of a paragraph are looked at: a note says at once what it is. */
const LOOK = 4_000;

/** A paragraph without its emphasis, which hides where words begin. */
function plain(text: string): string {
  return text.slice(0, LOOK).replace(/_/g, " ");
}

/** Whether a paragraph may be part of a note; asked only below its heading. */
export function isNoteLike(text: string): boolean {
  const words = plain(text);
  return OBJECT.test(words) || TOPIC.test(words) || ACT.test(words) || ENTRY.test(text.slice(0, LOOK));
}

/** The same of a paragraph that may as well be one of the book: more than one word is of a note. */
export function isLikelyNote(text: string): boolean {
  const words = plain(text);
  const [topics, acts] = [count(TOPIC, words), count(ACT, words)];
  return OBJECT.test(words) || ENTRY.test(text.slice(0, LOOK)) || topics > 1 || (topics > 0 && acts > 0);
}

/** Whether a paragraph is of a list of corrections; asked only right behind one that is of a note. */
export function isEntry(text: string): boolean {
  return ENTRY.test(text.slice(0, LOOK)) || (TOPIC.test(plain(text)) && ACT.test(plain(text)));
}

/** Whether a paragraph without a heading speaks of how the electronic text was made. */
export function isSurelyNote(text: string): boolean {
  const words = plain(text);
  const [topics, acts] = [count(TOPIC, words), count(ACT, words)];
  return (isOfFile(text) && OF_THIS.test(words)) || (topics > 0 && acts > 0 && topics + acts >= 3);
}

/** Whether a paragraph is one below a heading that stands apart, as "Errata". */
export function isMaybeNote(text: string): boolean {
  return isOfFile(text) || isSurelyNote(text);
}

/** Whether a paragraph names the electronic text, and what was done to it. */
export function isOfFile(text: string): boolean {
  const words = plain(text);
  return OBJECT.test(words) && (TOPIC.test(words) || ACT.test(words));
}

/** Whether a paragraph begins by naming the electronic text, and says what was done to it. */
export function isOfThisFile(text: string): boolean {
  return isOfFile(text) && OF_THIS.test(plain(text));
}

/** Music and the like as source code: most lines hold its signs. */
export function isCode(lines: readonly string[]): boolean {
  return lines.filter((line) => /[\\{}|%<>=]|^\s*[A-Z]:/.test(line)).length * 2 >= lines.length;
}

/** A credit: who made the file, from what. */
export const CREDIT =
  /^\W*(?:(?:this|the) )?(?:project gutenberg )?(?:e-?text|e-?book|edition|file|text|book|version|html version|etext edition)?\s*(?:was |were )?(?:originally )?(?:produced|prepared|transcribed|scanned|created|converted|digiti[sz]ed|proof(?:read|ed)?|typed|entered|provided|contributed|processed|donated)(?: (?:and|&) \w+)? (?:(?:by|from|with|for project gutenberg by)\b ?:?|for\b)/i;
/** What only credits of electronic texts name. */
export const MAKERS =
  /distributed proofread|pgdp|online proofread|proofreading team|internet (?:archive|wiretap)|archive\.org|google books|gutenberg|\be-?texts?\b|\be-?books?\b|https?:|www\.|\w@[\w-]+\.\w|\bscann(?:ed|ing)\b|\bproof(?:ed|read)|hathitrust|gallica|biblioth[eè]que nationale/i;
/** A credit that has lost its verb. */
export const TEAM =
  /\b(?:and|&) (?:the )?(?:pg )?(?:online )?distributed proofread(?:ers|ing team)\b.{0,40}$/i;
/** Other notices at the edges. */
export const NOTICE =
  /^\W*(?:note: ?)?(?:project gutenberg (?:also )?has|images of the original (?:pages|book)|the original (?:page )?images|this file (?:(?:was|is) (?:\w+ )?(?:produced|made|created|prepared|generated|gathered|derived|converted|scanned|provided|based|taken|available|encoded|in|from|an?)|contains)\b|\(?this (?:e-?text|e-?book|file|book) was (?:produced|made|created)|html version by|illustrations? (?:courtesy|provided)|the internet wiretap .{0,40}edition of|this e-?(?:book|text) was one of project gutenberg|there is an improved (?:illustrated )?edition of this title)/i;
/** Notices of the publisher within a book, of one short paragraph. */
export const PUBLISHER_NOTICE = acrossLines(
  /^\W*(?:this |the |all )?project gutenberg(?:['’]s|-tm|™)? e-?(?:text|book)s? (?:is|are) (?:not )?(?:copyrighted|in the public domain|usually created)|^\W*this e-?(?:book|text) was one of project gutenberg['’]s early files/i,
);
