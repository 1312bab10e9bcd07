/**
 * Rows of fields that a character separates: CSV, and lines with tabs or bars. Between commas and semicolons a quotation mark is
 * RFC 4180's; between tabs and bars it is mostly a character like any other, and the table's only where a field begins and ends
 * with one, and those within it are doubled.
 */

export interface Field {
  readonly value: string;
  readonly isQuoted: boolean;
}

export interface FieldsOfRow {
  readonly fields: readonly Field[];
  /** The number of its first line, from 1. */
  readonly line: number;
  /** The row as it stands there from a field on, with its quotation marks, up to the end of the field before `end`. */
  from(field: number, end: number): string;
  /** Whether it goes on over lines each of which could be a row, as where a quotation mark opens by mistake. */
  readonly mayBeSeveral: boolean;
}

export interface Separated {
  readonly separator: string;
  /** What an error calls the text. */
  readonly name: string;
}

/**
 * What separates the fields of a header: what stands there most often outside quotation marks; in a .tsv file a tab, if there is one
 * or the header is a single column.
 */
export function separatorOf(content: string, name: string): string {
  const header = content
    .trimStart()
    .split("\n", 1)[0]
    .replace(/"[^"]*"/g, "");
  const isOfTabs = /\.(tsv|tab)(\.gz|\.zst)?$/i.test(name);
  if (isOfTabs && (header.includes("\t") || !/[,;|]/.test(header))) return "\t";
  const times = (separator: string) => header.split(separator).length;
  return [",", ";", "\t", "|"].reduce((one, other) => (times(other) > times(one) ? other : one));
}

/**
 * The rows of a text, its header first; blank lines are none.
 *
 * @throws where a quotation mark between commas or semicolons is not closed, or something stands behind the closing one
 */
export class Rows {
  private at = 0;
  private line = 1;
  /** How many fields the header has. */
  private columns = 0;
  /** Whether the header is in quotation marks: then they are no mistake further on. */
  private doesQuote = false;
  private readonly isCsv: boolean;
  private readonly unquoted: RegExp;

  constructor(
    private readonly content: string,
    private readonly given: Separated,
  ) {
    this.isCsv = given.separator === "," || given.separator === ";";
    this.unquoted = new RegExp(`[^\\n${given.separator}]*`, "y");
  }

  *[Symbol.iterator](): Generator<FieldsOfRow, void, undefined> {
    while (this.at < this.content.length) {
      const row = this.row();
      const [{ value, isQuoted }] = row.fields;
      if (row.fields.length === 1 && !isQuoted && value.trim() === "") continue;
      if (this.columns === 0) {
        this.columns = row.fields.length;
        this.doesQuote = row.fields.some(({ isQuoted }) => isQuoted);
      }
      yield row;
    }
  }

  private row(): FieldsOfRow {
    const { content, line } = this;
    const start = this.at;
    const fields: Field[] = [];
    const starts: number[] = [];
    do {
      starts.push(this.at);
      fields.push(this.field(start));
    } while (content[this.at++] === this.given.separator);
    const end = this.at - 1;
    const lines = content.slice(start, end).split("\n");
    this.line += lines.length;
    return {
      fields,
      line,
      from: (field, last) => content.slice(starts[field], last < starts.length ? starts[last] - 1 : end),
      mayBeSeveral: lines.length > 1 && lines.every((one) => this.couldBeRow(one)),
    };
  }

  /** Reads a field, up to what stands behind it. */
  private field(rowStart: number): Field {
    const { content, at } = this;
    const close = content[at] === '"' ? closingOf(content, at) : undefined;
    if (close !== undefined && this.isQuoted(rowStart, close)) {
      this.at = close + 1;
      return { value: content.slice(at + 1, close).replaceAll('""', '"'), isQuoted: true };
    }
    this.unquoted.lastIndex = at;
    const [value] = this.unquoted.exec(content)!;
    this.at = at + value.length;
    return { value, isQuoted: false };
  }

  /** Whether the quotation mark that opens where a field begins, and the one at `close`, are the table's. */
  private isQuoted(rowStart: number, close: number): boolean {
    const { content, isCsv } = this;
    const behind = content[close + 1] ?? "\n";
    const isClosed = close < content.length && (behind === "\n" || behind === this.given.separator);
    if (isCsv && !isClosed) throw this.notClosed(rowStart, close);
    if (isCsv || this.doesQuote || !isClosed) return isClosed;
    const lineEnd = content.indexOf("\n", close);
    const [first, ...others] = content.slice(rowStart, lineEnd < 0 ? undefined : lineEnd).split("\n");
    // Each of them is rather a row, in which one text begins with a mark and another one ends with one.
    return !(this.couldBeRow(first) && others.some((line) => this.couldBeRow(line)));
  }

  /** With fields too many it is rather a row if it begins with a number, as a text goes on that has separators in it. */
  private couldBeRow(line: string): boolean {
    if (this.doesQuote || this.columns < (this.isCsv ? 2 : 1)) return false;
    const pieces = line.split(this.given.separator);
    return pieces.length === this.columns || (pieces.length > this.columns && /^\d+$/.test(pieces[0]));
  }

  private notClosed(rowStart: number, close: number): Error {
    const { content, at, given } = this;
    const lineOf = (place: number) => this.line + content.slice(rowStart, place).split("\n").length - 1;
    const end =
      close < content.length
        ? `the next one, in line ${lineOf(close)}, has ${JSON.stringify(content[close + 1])} behind it`
        : "nothing closes it";
    return new Error(
      `Could not read ${given.name} as a table: Quote at the beginning of a field in line ${lineOf(at)}, and ${end}. ` +
        "Double the quotation marks within such a field, and put it between two more.",
    );
  }
}

/** Where the quotation mark is that closes the one at `open`, past doubled ones; the end of the text where none is. */
function closingOf(content: string, open: number): number {
  let close = content.indexOf('"', open + 1);
  while (close >= 0 && content[close + 1] === '"') close = content.indexOf('"', close + 2);
  return close < 0 ? content.length : close;
}
