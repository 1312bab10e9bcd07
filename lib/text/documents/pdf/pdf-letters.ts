/** The lines of a page of a PDF, put together from runs of letters that stand side by side. */
import type { Line } from "./pdf-lines";

/** A run of letters. */
export interface Item {
  readonly str: string;
  /** Its last two numbers are the place of its left end on the base line, in points from the lower left corner. */
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
}

export function linesOf(items: readonly Item[]): Line[] {
  const lines: (Line & { right: number; text: string })[] = [];
  for (const { str, transform, width, height } of items) {
    if (str === "") continue;
    const [left, base] = transform.slice(4);
    const size = height || Math.hypot(transform[2], transform[3]);
    const line = lines[lines.length - 1];
    const isSameLine =
      line && Math.abs(base - line.base) < 0.5 * Math.max(size, line.size) && left > line.right - size;
    if (!isSameLine) {
      if (str.trim() !== "") lines.push({ text: str, left, right: left + width, base, size });
      continue;
    }
    const isApart = left - line.right > 0.2 * size && !/\s$/.test(line.text) && !/^\s/.test(str);
    line.text += (isApart ? " " : "") + str;
    line.right = Math.max(line.right, left + width);
  }
  return lines;
}
