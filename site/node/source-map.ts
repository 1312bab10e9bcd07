/** Node's `SourceMap` as far as the kernel reads it: from a place in code to the place that it was made from. */

export interface SourceMapPayload {
  readonly file: string;
  readonly sources: string[];
  readonly mappings: string;
}

interface Entry {
  readonly column: number;
  readonly originalLine: number;
  readonly originalColumn: number;
}

export class SourceMap {
  /** Of each line, in the order of the columns. */
  private readonly lines: Entry[][];

  constructor(readonly payload: SourceMapPayload) {
    this.lines = entriesOf(payload.mappings);
  }

  /** Where a place comes from, both counted from 0; an empty object where it comes from nowhere. */
  findEntry(line: number, column: number): Entry | Record<string, never> {
    for (let row = line; row >= 0; row--) {
      const before = this.lines[row]?.filter((entry) => row < line || entry.column <= column);
      const found = before?.at(-1);
      if (found) return found;
    }
    return {};
  }
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * The mappings of version 3: lines end with ";", entries with ",", and each number is told by its difference to the one
 * before.
 */
function entriesOf(mappings: string): Entry[][] {
  let [originalLine, originalColumn] = [0, 0];
  return mappings.split(";").map((line) => {
    let column = 0;
    return line.split(",").flatMap((segment) => {
      const [columns = 0, , lines = 0, originalColumns = 0] = numbersOf(segment);
      column += columns;
      originalLine += lines;
      originalColumn += originalColumns;
      return segment.length > 1 ? [{ column, originalLine, originalColumn }] : [];
    });
  });
}

/** Variable-length quantities: five bits a digit, the lowest first, of which the first is the sign. */
function numbersOf(segment: string): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const letter of segment) {
    const digit = digits.indexOf(letter);
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}
