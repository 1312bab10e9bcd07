/** Finding books in the catalogue by words, as one types them. */
import { fold, foldedWords } from "../fold";
import type { CatalogueEntry } from "./catalogue-entry";

/** What to look for; a field that is absent lets all books pass. */
export interface Query {
  /** Words of the author, the title or a subject. */
  readonly words?: string;
  /** Words of an author's name. */
  readonly author?: string;
  /** Words of the title. */
  readonly title?: string;
  /** By its letters or its English name: "de" or "German". */
  readonly language?: string;
  /** Words of a subject or a bookshelf. */
  readonly subject?: string;
}

const languages = new Intl.DisplayNames("en", { type: "language" });

/** The books that answer a query: those first whose words are the words asked for, then the oldest in the catalogue. */
export function rank(entries: readonly CatalogueEntry[], query: Query): CatalogueEntry[] {
  const language = query.language && fold(query.language);
  const [words, author, title, subject] = [query.words, query.author, query.title, query.subject].map(
    (field) => foldedWords(field ?? ""),
  );
  const scored: { entry: CatalogueEntry; score: number }[] = [];
  for (const entry of entries) {
    if (language && !entry.languages.some((code) => isLanguage(code, language))) continue;
    const authors = entry.authors.join(" ");
    const subjects = [...entry.subjects, ...entry.bookshelves].join(" ");
    const score =
      closenessToAuthors(author, entry.authors) *
      closeness(title, entry.title) *
      closeness(subject, subjects) *
      closeness(words, `${authors} ${entry.title} ${subjects}`);
    if (score > 0) scored.push({ entry, score });
  }
  return scored
    .sort((one, other) => other.score - one.score || one.entry.id - other.entry.id)
    .map(({ entry }) => entry);
}

/** How well a field answers the words asked for: 0 where one is missing, at most 1, where there are no others. */
function closeness(asked: readonly string[], field: string): number {
  if (asked.length === 0) return 1;
  const words = foldedWords(field);
  let score = 0;
  for (const word of asked) {
    if (words.includes(word)) score += 1;
    else if (words.some((other) => other.startsWith(word))) score += 0.5;
    else return 0;
  }
  return (score / asked.length) * (0.5 + (0.5 * asked.length) / Math.max(asked.length, words.length));
}

/** How well one of the authors answers; those after the first, who may be editors, a little less. */
function closenessToAuthors(asked: readonly string[], authors: readonly string[]): number {
  if (asked.length === 0) return 1;
  return Math.max(0, ...authors.map((author, index) => closeness(asked, author) * (index === 0 ? 1 : 0.8)));
}

function isLanguage(code: string, folded: string): boolean {
  return code === folded || (/^[a-z]{2,3}$/.test(code) && fold(languages.of(code) ?? "") === folded);
}
