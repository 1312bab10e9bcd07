/** A book of Project Gutenberg as a text: its file, read, with what its head says, without licence and notes. */
import { readText, type DecodeOptions } from "../../encoding/decode";
import { uncutNotices } from "../../tables/uncut";
import { markupNotices } from "../unlike-text";
import { type Header, readHeader } from "./header";
import { findIn, type Stripped, without } from "./strip/strip";

/** UTF-16 units of a text in which a licence is looked for. Hardly any book is longer, but for a dictionary. */
export const strippedUpTo = 2 ** 24;
/** … of a longer one that are its head. */
export const headLength = 2 ** 16;

/**
 * Reads a file of Project Gutenberg, or any text: one that is not theirs keeps all its words and has an empty head.
 *
 * @param options.called the name by which it goes, if it is kept under another; its ending tells what it is
 */
export async function readBook(
  file: string,
  {
    called = file,
    ...options
  }: Pick<DecodeOptions, "encoding" | "onProgress"> & { readonly called?: string } = {},
): Promise<Header & Stripped> {
  const { content, notices, ...front } = await readText(file, options);
  const book = readBookIn(content);
  return {
    ...book,
    ...headed(book, front),
    notices: [...notices, ...noticesOfWhole(content.slice(0, headLength), called), ...book.notices],
  };
}

/** What the beginning of a text says against reading it as it stands: that it is a table, or a web page. */
export function noticesOfWhole(start: string, name: string): string[] {
  return [...uncutNotices(start, name), ...markupNotices(start)];
}

/** What is said of a book: by its head, or else by the document that it stands in. */
export function headed(head: Header, front: { readonly title?: string; readonly author?: string }) {
  return { title: head.title || (front.title ?? ""), author: head.author || (front.author ?? "") };
}

/**
 * The same of what a file says. Of a file that holds more than one book, or other words beside it, no head is read: it
 * is not that of the whole.
 */
export function readBookIn(text: string): Header & Stripped {
  if (text.length > strippedUpTo) return { ...readHeadOfLong(text.slice(0, headLength)), content: text };
  const found = findIn(text);
  return { ...readHeader(found.head), ...without(text, found) };
}

/** What the beginning of a text says of it that is longer than `strippedUpTo`, and of which all is kept. */
export function readHeadOfLong(start: string): Header & Pick<Stripped, "notices"> {
  const header = readHeader(findIn(start).head);
  if (!/project gutenberg/i.test(start)) return { ...header, notices: [] };
  const notice = "too long for Project Gutenberg's licence to be looked for; all of it was kept";
  return { ...header, notices: [notice] };
}
