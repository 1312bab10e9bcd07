/** What somebody has given, said back in an error: a text of a whole book is not. */

const longestString = 60;
const longest = 200;

/** @example echo({ content: "It was the best of times, … (a whole book)" }) // '{"content":"It was the best of times, …"}' */
export function echo(value: unknown): string {
  const json = JSON.stringify(value, (_, part: unknown) =>
    typeof part === "string" ? cut(part, longestString) : part,
  );
  return cut(json ?? String(value), longest);
}

function cut(words: string, length: number): string {
  return words.length > length ? `${words.slice(0, length).replace(/[\ud800-\udbff]$/, "")}…` : words;
}
