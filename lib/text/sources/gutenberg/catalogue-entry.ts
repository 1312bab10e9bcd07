/** A book as the catalogue of Project Gutenberg has it. */
export interface CatalogueEntry {
  /** The number by which `downloadBook` fetches it. */
  readonly id: number;
  readonly title: string;
  /** As one says them: "Jane Austen"; those who did something else to the book with it: "R. W. Chapman (editor)". */
  readonly authors: readonly string[];
  /** Two letters, or three: "en". */
  readonly languages: readonly string[];
  readonly subjects: readonly string[];
  readonly bookshelves: readonly string[];
  /** When Project Gutenberg published it: "1998-06-01". */
  readonly issued: string;
}
