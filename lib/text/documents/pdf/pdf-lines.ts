/** Guesses at the paragraphs of a PDF, from where its lines stand on their pages. */

export interface Line {
  readonly text: string;
  /** In points; `base` counts from the foot of the page. */
  readonly left: number;
  readonly right: number;
  readonly base: number;
  /** Of its letters. */
  readonly size: number;
}

export interface Page {
  readonly width: number;
  /** From the top. */
  readonly lines: readonly Line[];
}

/**
 * A paragraph begins behind a gap, with an indent, with letters of another size, and behind a line that leaves room for
 * the next word; what a gap sets apart has an empty one before it. Lines that repeat at the head or foot of pages, and
 * numbers of pages, are left out.
 */
export function paragraphsOf(pages: readonly Page[]): string[] {
  const contents = withoutRepeated(pages);
  const lines = contents.flat();
  const measures = {
    gap: usual(gapsIn(contents)),
    left: usual(lines.map(({ left }) => left)),
    right: rightOf(lines),
  };
  const paragraphs: Line[][] = [];
  for (const page of contents)
    page.forEach((line, index) => {
      const before: Line | undefined =
        index > 0 ? page[index - 1] : paragraphs[paragraphs.length - 1]?.slice(-1)[0];
      const isApart = index > 0 && isBehindGap(line, page[index - 1], measures.gap);
      if (isApart) paragraphs.push([]);
      if (isApart || !before || begins(line, before, measures)) paragraphs.push([line]);
      else paragraphs[paragraphs.length - 1].push(line);
    });
  const known = wordsIn(lines);
  return paragraphs.map((paragraph) => joined(paragraph, known));
}

interface Measures {
  /** From one line to the next, as it mostly is. */
  readonly gap: number;
  readonly left: number;
  readonly right: number;
}

function isBehindGap(line: Line, before: Line, gap: number): boolean {
  return Math.abs(before.base - line.base) > 1.3 * gap;
}

function begins(line: Line, before: Line, { left, right }: Measures): boolean {
  const indent = 0.7 * line.size;
  if (Math.abs(line.size - before.size) > 0.15 * line.size) return true;
  if (line.left > left + indent && Math.abs(line.left - before.left) > indent) return true;
  // The first word of this line would have had room in the one before.
  const [word] = line.text.split(" ");
  const wordWidth = ((line.right - line.left) * (word.length + 1)) / Math.max(1, line.text.length);
  return before.right + wordWidth < right - 0.5 * line.size;
}

/** Where lines end that are full: 9 of 10 end before it or there. */
function rightOf(lines: readonly Line[]): number {
  const ends = lines.map(({ right }) => right).sort((one, other) => one - other);
  return ends[Math.floor(0.9 * (ends.length - 1))] ?? 0;
}

function gapsIn(pages: readonly (readonly Line[])[]): number[] {
  return pages
    .flatMap((page) => page.slice(1).map((line, index) => page[index].base - line.base))
    .filter((gap) => gap > 0);
}

/** The most frequent of some numbers, to half a point. */
function usual(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  let best = 0;
  for (const number of numbers) {
    const rounded = Math.round(2 * number) / 2;
    const count = (counts.get(rounded) ?? 0) + 1;
    counts.set(rounded, count);
    if (count > (counts.get(best) ?? 0)) best = rounded;
  }
  return best;
}

/** The lines of pages without heads and feet: what stands first or last on at least three, but for its numbers. */
function withoutRepeated(pages: readonly Page[]): Line[][] {
  const counts = new Map<string, number>();
  const keyOf = (end: "first" | "last", line: Line) =>
    `${end} ${line.text.replace(/\d+|\b[ivxlc]+\b/gi, "#").trim()}`;
  for (const { lines } of pages) {
    if (lines.length === 0) continue;
    for (const key of [keyOf("first", lines[0]), keyOf("last", lines[lines.length - 1])])
      counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const isRepeated = (end: "first" | "last", line?: Line) =>
    line !== undefined && (counts.get(keyOf(end, line)) ?? 0) >= 3;
  return pages.map(({ lines }) => {
    const from = isRepeated("first", lines[0]) ? 1 : 0;
    const to = lines.length - (isRepeated("last", lines[lines.length - 1]) ? 1 : 0);
    return lines.slice(from, Math.max(from, to));
  });
}

/** The words within lines, in small letters. */
function wordsIn(lines: readonly Line[]): Set<string> {
  return new Set(lines.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}\p{M}-]+/gu) ?? []));
}

/** The lines of a paragraph as one. A hyphen at the end of a line goes where the word stands elsewhere without it. */
function joined(lines: readonly Line[], known: ReadonlySet<string>): string {
  let text = "";
  for (const line of lines) {
    const words = line.text.trim();
    const [half] = /[\p{L}\p{M}]+[-\u00ad]$/u.exec(text) ?? [];
    const [rest] = half ? (/^[\p{L}\p{M}]+/u.exec(words) ?? []) : [];
    if (half && rest) {
      const isSoft = half.endsWith("\u00ad") || known.has((half.slice(0, -1) + rest).toLowerCase());
      text = (isSoft ? text.slice(0, -1) : text) + words;
    } else if (/(?:\p{L}-|--|\u2014)$/u.test(text)) text += words;
    else text += (text === "" ? "" : " ") + words;
  }
  return text;
}
