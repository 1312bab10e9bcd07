/** Texts and parts for tests of tracing, of which nothing but the words matters. */
import type { Part, Text } from "../../lib/text/text";

export function textOf(content: string, title = "A text", author = ""): Text {
  return { title, author, source: "string", content, weight: 1 };
}

export function partOf(text: Text, start: number, end?: number): Part {
  const firstLine = text.content.slice(0, start).split("\n").length;
  return { ...text, content: text.content.slice(start, end), start, firstLine };
}
