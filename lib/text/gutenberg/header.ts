/** What the head of a Project Gutenberg file says of the book. */

import { titleOf } from "./names";

export interface Header {
  /** Each is "" where the head does not say. */
  readonly title: string;
  readonly author: string;
  readonly language: string;
}

/** How far down a head may reach: those of the 1990s hold the whole licence. */
const LINES = 400;

/**
 * Reads title, author and language from the lines of a file, in the form of today ("Title: Emma") or in that of the
 * 1990s ("The Project Gutenberg Etext of Emma, by Jane Austen").
 */
export function readHeader(lines: readonly string[]): Header {
  const head = lines.slice(0, LINES);
  const heading = headingOf(head.slice(0, 5).join("\n"));
  return {
    title: field(head, "Title") || heading.title,
    author: field(head, "Author") || heading.author,
    language: field(head, "Language"),
  };
}

/** The value of "Name: value". Indented lines below it go on with it, as a subtitle does. */
function field(head: readonly string[], name: string): string {
  const first = head.findIndex((line) => line.startsWith(`${name}:`));
  if (first < 0) return "";
  const next = head.slice(first + 1).findIndex((line) => !/^\s+\S/.test(line));
  const rest = head.slice(first + 1, next < 0 ? head.length : first + 1 + next);
  return titleOf([head[first].slice(name.length + 1), ...rest]);
}

function headingOf(start: string): { title: string; author: string } {
  const heading =
    /Project Gutenberg(?:'s)? E-?(?:text|book)(?: of|,) (.+?)(?:,? by ([^,*]+?)(?:,.*)?)?\s*\**\s*$/im.exec(
      start,
    );
  return { title: heading?.[1]?.trim() ?? "", author: heading?.[2]?.trim() ?? "" };
}
