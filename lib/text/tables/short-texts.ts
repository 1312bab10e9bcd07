/** Many short texts: poems, headlines, jokes. A network reads each from a mark to the next, and writes such ones. */
import { normalise } from "../encoding/decode";
import { rowList } from "./row-list";
import type { Text } from "../text";

export interface ShortText {
  readonly content: string;
  /** Its number among all, from 1, where some were left out before. */
  readonly row?: number;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface ShortTextsOptions {
  /** What the texts are called, each with its number behind: "haiku.csv row 12". */
  readonly title: string;
  readonly source: string;
}

/** Short texts as they were read. */
export interface ShortTexts {
  readonly texts: readonly ShortText[];
  /** What the reader should know of them, as that a row was cut. */
  readonly notices: readonly string[];
}

/** Texts, with what the reader should know of the first. */
type Texts = (Text & { readonly notices?: readonly string[] })[];

/**
 * Makes texts of short ones; those without words are left out, which a notice tells. A label `author` is the text's author.
 *
 * @throws where none has words
 * @example shortTexts({ texts: [{ content: "An old silent pond" }], notices: [] }, { title: "haiku", source: "string" })[0].title // "haiku row 1"
 */
export function shortTexts(
  { texts: given, notices }: ShortTexts,
  { title, source }: ShortTextsOptions,
): Texts {
  const empty: number[] = [];
  const texts = given.flatMap(({ content, labels, row }, index): Texts => {
    const words = normalise(content);
    if (words.trim() === "") {
      empty.push(row ?? index + 1);
      return [];
    }
    const text = { title: `${title} row ${row ?? index + 1}`, author: labels?.author ?? "", source };
    return [{ ...text, content: words, weight: 1, short: true, ...(labels ? { labels } : {}) }];
  });
  if (texts.length === 0) throw new Error(`Expected words in "${title}" (${source}), got no text with any`);
  const share = `${empty.length} of ${given.length} texts`;
  const leftOut =
    empty.length > 0 ? [`${title}: ${share} have no words and are left out: ${rowList(empty)}`] : [];
  const all = [...notices, ...leftOut];
  if (all.length > 0) texts[0] = { ...texts[0], notices: all };
  return texts;
}
