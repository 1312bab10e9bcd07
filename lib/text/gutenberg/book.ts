/** A book of Project Gutenberg as a text: its file, read, with what its head says, without licence and notes. */
import { readText } from "../decode";
import { type Header, readHeader } from "./header";
import { strip, type Stripped } from "./strip";

/** Reads a file of Project Gutenberg, or any text: one that is not theirs keeps all its words and has an empty head. */
export async function readBook(file: string): Promise<Header & Stripped> {
  const { content, notices } = await readText(file);
  const book = readBookIn(content);
  return { ...book, notices: [...notices, ...book.notices] };
}

/** The same of what a file says. */
export function readBookIn(text: string): Header & Stripped {
  const isTheirs = /project gutenberg/i.test(text);
  return { ...readHeader(isTheirs ? text.split("\n") : []), ...strip(text) };
}
