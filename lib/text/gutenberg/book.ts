/** A book of Project Gutenberg as a text: its file, read, with what its head says, without licence and notes. */
import { readText } from "../decode";
import { type Header, readHeader } from "./header";
import { strip, type Stripped } from "./strip";

/** Reads a file of Project Gutenberg, or any text: one that is not theirs keeps all its words and has an empty head. */
export async function readBook(file: string): Promise<Header & Stripped> {
  const text = await readText(file);
  const isTheirs = /project gutenberg/i.test(text);
  return { ...readHeader(isTheirs ? text.split("\n") : []), ...strip(text) };
}
