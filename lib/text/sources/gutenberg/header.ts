/** What the head of a Project Gutenberg file says of the book. */
import { namesOf, titleOf } from "./names";

export interface Header {
  /** Each is "" where the head does not say. */
  readonly title: string;
  readonly author: string;
  readonly language: string;
}

/**
 * Reads title, author and language from the lines of a head, in the form of today ("Title: Emma") or in that of the
 * 1990s ("The Project Gutenberg Etext of Emma, by Jane Austen"). That the lines are a head is not asked here.
 */
export function readHeader(head: readonly string[]): Header {
  const heading = headingOf(head.slice(0, 5).join("\n"));
  return {
    title: titleOf(field(head, "Title")) || heading.title,
    author: namesOf(field(head, "Author")) || heading.author,
    language: field(head, "Language").join(" "),
  };
}

/** The value of "Name: value". Indented lines below it go on with it, as a subtitle does. */
function field(head: readonly string[], name: string): string[] {
  const first = head.findIndex((line) => line.startsWith(`${name}:`));
  if (first < 0) return [];
  const next = head.slice(first + 1).findIndex((line) => !/^\s+\S/.test(line));
  const rest = head.slice(first + 1, next < 0 ? head.length : first + 1 + next);
  return [head[first].slice(name.length + 1), ...rest]
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function headingOf(start: string): { title: string; author: string } {
  const heading =
    /Project Gutenberg(?:'s)? E-?(?:text|book)(?: of|,) (.+?)(?:,? by ([^,*]+?)(?:,.*)?)?\s*\**\s*$/im.exec(
      start,
    );
  return { title: heading?.[1]?.trim() ?? "", author: heading?.[2]?.trim() ?? "" };
}
