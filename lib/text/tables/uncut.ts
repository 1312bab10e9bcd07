/** That a table was read as one text, which hardly anybody means. */
import { Rows, separatorOf } from "./separated";

/**
 * What the reader should know of a file that was read without a column or a separator.
 *
 * @param start the beginning of its text
 * @returns none where its name says that it is no table
 */
export function uncutNotices(start: string, name: string): string[] {
  const [, ending] = /\.(csv|tsv|tab|json|jsonl|jsonlines|ndjson)(?:\.gz|\.zst)?$/i.exec(name) ?? [];
  if (!ending) return [];
  const columns = /json/i.test(ending) ? propertiesIn(start) : headerOf(start, name);
  if (columns.length < (/json/i.test(ending) ? 1 : 2)) return [];
  const list = columns.map((column) => `"${column}"`).join(", ");
  return [
    `a table with the columns ${list}, read as one text with all that separates them; name the one with the texts by \`column\``,
  ];
}

function headerOf(start: string, name: string): string[] {
  try {
    const [header] = new Rows(start, { separator: separatorOf(start, name), name });
    return header?.fields.map(({ value }) => value) ?? [];
  } catch {
    return [];
  }
}

/** The names in the first object, which may be one of a list, or over several lines. */
function propertiesIn(start: string): string[] {
  const [, first] = /^\s*\[?\s*\{([^{}]*)/.exec(start) ?? [];
  const names = first?.matchAll(/(?:^|,)\s*"((?:[^"\\]|\\.)*)"\s*:/g) ?? [];
  return Array.from(names, ([, name]) => name);
}
