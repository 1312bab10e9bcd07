/** A book of Project Gutenberg as a text: its file, read, with what its head says, without licence and notes. */
import { readText, type DecodeOptions } from "../decode";
import { type Header, readHeader } from "./header";
import { strip, type Stripped } from "./strip";

/** UTF-16 units of a text in which a licence is looked for. Project Gutenberg's longest, a dictionary, is shorter. */
export const strippedUpTo = 2 ** 25;
/** … of a longer one that are its head. */
export const headLength = 2 ** 16;

/** Reads a file of Project Gutenberg, or any text: one that is not theirs keeps all its words and has an empty head. */
export async function readBook(
  file: string,
  options: Pick<DecodeOptions, "encoding"> = {},
): Promise<Header & Stripped> {
  const { content, notices } = await readText(file, options);
  const book = readBookIn(content);
  return { ...book, notices: [...notices, ...book.notices] };
}

/** The same of what a file says. */
export function readBookIn(text: string): Header & Stripped {
  if (text.length > strippedUpTo) return { ...readHeadOfLong(text.slice(0, headLength)), content: text };
  return { ...readHeader(isTheirs(text) ? text.split("\n") : []), ...strip(text) };
}

/** What the beginning of a text says of it that is longer than `strippedUpTo`, and of which all is kept. */
export function readHeadOfLong(head: string): Header & Pick<Stripped, "notices"> {
  if (!isTheirs(head)) return { ...readHeader([]), notices: [] };
  const notice = "too long for Project Gutenberg's licence to be looked for; all of it was kept";
  return { ...readHeader(head.split("\n")), notices: [notice] };
}

function isTheirs(text: string): boolean {
  return /project gutenberg/i.test(text);
}
