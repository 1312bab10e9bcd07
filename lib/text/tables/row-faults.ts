/** What is wrong with rows that do not fit their header: what can be read all the same is told, the rest is refused. */
import { rowList } from "./row-list";
import type { Field, FieldsOfRow } from "./separated";

export interface RowFaultsOptions {
  readonly name: string;
  readonly header: FieldsOfRow;
  readonly separator: string;
  /** Which field is the text. */
  readonly text: number;
}

export class RowFaults {
  private readonly joined: number[] = [];
  private readonly short: number[] = [];
  private readonly empty: number[] = [];
  private readonly several: number[] = [];
  private readonly unnamed: number[] = [];
  private readonly quoted: number[] = [];
  private readonly misfits: number[] = [];
  private firstMisfit: FieldsOfRow | undefined;

  /** Up to the last column with a name: programs write separators behind it that nobody wanted. */
  private readonly columns: number;

  constructor(private readonly given: RowFaultsOptions) {
    this.columns = filled(given.header.fields);
  }

  /**
   * Looks at the next row.
   *
   * @returns the text, if it is the last column and was cut at separators within it
   */
  look(row: FieldsOfRow, number: number): string | undefined {
    const { header, text } = this.given;
    const { columns } = this;
    const { fields } = row;
    if (row.mayBeSeveral) this.several.push(number);
    if (this.hasIdleQuotes(row)) this.quoted.push(number);
    if (fields.length < columns) this.short.push(number);
    const end = this.endOf(fields);
    if (end <= columns) return undefined;
    if (text === columns - 1 && fields.slice(text, end).every(({ isQuoted }) => !isQuoted)) {
      this.joined.push(number);
      return row.from(text, end);
    }
    if (fields.slice(columns).every(({ value }) => value === "")) this.empty.push(number);
    else if (fields.length <= header.fields.length) this.unnamed.push(number);
    else {
      this.misfits.push(number);
      this.firstMisfit ??= row;
    }
    return undefined;
  }

  /**
   * @param column the name of the text's
   * @throws where a row has more fields than the header, and nobody knows which is which
   */
  notices(column: string): string[] {
    const { name } = this.given;
    if (this.firstMisfit) throw this.misfit(this.firstMisfit);
    const told: [readonly number[], string][] = [
      [this.joined, `more fields than in the header; all from \`${column}\` on is taken for it`],
      [this.empty, "more fields than in the header, empty ones, which are left out"],
      [this.unnamed, "a field in a column without a name, which is left out; was one cut at a separator?"],
      [this.short, "fewer fields than in the header; the others are taken as empty"],
      [this.several, "a field goes on over lines that could be rows; is a quotation mark amiss?"],
      [this.quoted, "quotation marks around a field are taken as the table's and left out"],
    ];
    return told.flatMap(([rows, what]) => (rows.length > 0 ? [`${name}, ${rowList(rows)}: ${what}`] : []));
  }

  /** How many fields a row has, without as many empty ones at its end as the header has. */
  private endOf(fields: readonly Field[]): number {
    const unnamed = this.given.header.fields.length - this.columns;
    return Math.max(filled(fields), fields.length - unnamed);
  }

  private misfit({ line, fields }: FieldsOfRow): Error {
    const { name, separator } = this.given;
    return new Error(
      `Could not read ${name} as a table: more fields than in the header in ${rowList(this.misfits)} ` +
        `(line ${line} has ${fields.length}, the header ${this.columns}). ` +
        `Put a field with ${JSON.stringify(separator)} in it between quotation marks.`,
    );
  }

  /** Whether quotation marks stand, between tabs or bars, around what needs none, in a table that does not quote throughout. */
  private hasIdleQuotes({ fields }: FieldsOfRow): boolean {
    const { header, separator } = this.given;
    if (separator === "," || separator === ";" || header.fields.some(({ isQuoted }) => isQuoted))
      return false;
    return fields.some(({ isQuoted, value }) => isQuoted && value !== "" && !/["\n\t|]/.test(value));
  }
}

/** How many fields there are up to the last one that is not empty. */
function filled(fields: readonly Field[]): number {
  let count = fields.length;
  while (count > 0 && fields[count - 1].value.trim() === "") count--;
  return count;
}
