/** The texts of an index: whether they are those that somebody gives, and what they hold, read from disk. */
import type { Part, Text } from "../../text/text";
import { hashOfText, type Texts } from "./index-build";
import type { Header, IndexedText } from "./index-format";
import { Paged } from "./paged";

/** A text whose content is read each time it is asked for. */
export interface StoredText extends Text, Partial<Pick<Part, "start" | "firstLine">> {
  /** UTF-16 units. */
  readonly length: number;
  readonly slice: (from: number, to: number) => string;
}

/** Whether an index is of some texts and was built with some options. */
export async function isOf(
  header: Header,
  wanted: Pick<Header, "minLength" | "comparison">,
  read: () => Texts,
): Promise<boolean> {
  const { minLength, comparison } = header;
  if (JSON.stringify({ minLength, comparison }) !== JSON.stringify(wanted)) return false;
  let index = 0;
  for await (const text of read()) {
    const indexed = header.texts[index++];
    if (!indexed || hashOfText(text) !== indexed.hash) return false;
    const { start, firstLine } = "start" in text ? text : { start: undefined, firstLine: undefined };
    const { title, author, source, weight, index: number } = text;
    const known = [
      indexed.title,
      indexed.author,
      indexed.source,
      indexed.weight,
      indexed.index,
      indexed.start,
      indexed.firstLine,
    ];
    const given = [title, author, source, weight, number, start, firstLine];
    if (given.some((value, which) => value !== known[which])) return false;
  }
  return index === header.texts.length;
}

/** A text whose content is read when it is asked for, also once the index is closed. */
export function storedText(folder: string, header: Header, text: IndexedText): StoredText {
  const { title, author, source, weight, index, content, start, firstLine } = text;
  const slice = (from: number, to: number) => {
    const paged = new Paged(folder, content.file, header);
    try {
      const last = Math.min(to, content.length);
      return paged.text(content, Math.min(from, last), last);
    } finally {
      paged.close();
    }
  };
  const stored = {
    ...{ title, author, source, weight, ...(index === undefined ? {} : { index }) },
    ...(start === undefined ? {} : { start, firstLine }),
    get content() {
      return slice(0, content.length);
    },
    slice,
  };
  return Object.defineProperty(stored, "length", { value: content.length }) as StoredText;
}
