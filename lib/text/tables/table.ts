/**
 * Short texts out of tables: a column of a file with a header, or a property of JSON objects. How fields are told apart is in
 * `separated.ts`, what JSON may be in `json-rows.ts`.
 */
import { echo } from "../../base/echo";
import { OptionError } from "../../base/option-error";
import { decodeString, readText } from "../encoding/decode";
import type { Text } from "../text";
import { jsonRows, own } from "./json-rows";
import { RowFaults } from "./row-faults";
import { rowList } from "./row-list";
import { Rows, separatorOf } from "./separated";
import type { ShortText, ShortTexts } from "./short-texts";

export interface Columns {
  /** The column with the texts. */
  readonly column: string;
  /** Columns with what else is known of each text; none. */
  readonly labels?: readonly string[];
}

/**
 * The texts of a table, in their order; where a row has none it is "".
 *
 * @throws where the file is missing, binary, empty or broken, and what `tableOf` throws
 * @example await readTable("poems.csv", { column: "text", labels: ["author"] })
 */
export async function readTable(file: string, columns: Columns): Promise<ShortTexts> {
  const { content, notices } = await readText(file);
  const table = tableOf(content, file, columns);
  return { ...table, notices: [...notices, ...table.notices] };
}

/**
 * The texts of a table that was read already. It is JSON where its name says so (.json, .jsonl, .jsonlines, .ndjson, and .gz or
 * .zst behind), and where its name says nothing and it begins as JSON does; else CSV, separated by what separates most of its
 * header: a comma, a semicolon, a tab or a bar.
 *
 * @param name the file's name or whatever stands for it, for the notices and errors too
 * @throws where it has no such column, with those that it has, and where rows do not fit the header
 */
export function tableOf(content: string, name: string, { column, labels = [] }: Columns): ShortTexts {
  const reading = { name, wanted: [column, ...labels] };
  const { rows, notices } = isJson(content, name) ? ofJson(content, reading) : ofFields(content, reading);
  if (rows.length === 0) throw new Error(`Expected rows in ${name}, found a header and none`);
  const texts = rows.map(([text, ...known]): ShortText => {
    if (labels.length === 0) return { content: text };
    return { content: text, labels: Object.fromEntries(labels.map((label, index) => [label, known[index]])) };
  });
  return { texts, notices };
}

interface Reading {
  readonly name: string;
  /** The columns that are read. */
  readonly wanted: readonly string[];
}

/**
 * Asks which column has the texts, where one that was read whole is a table of several.
 *
 * @throws {OptionError} with the columns that there are
 */
export function askForColumn({ content, source: name, short, stored }: Text): void {
  if (short || stored || !/\.(csv|tsv|tab)(\.gz|\.zst)?$/i.test(name)) return;
  const [header] = new Rows(content, { separator: separatorOf(content, name), name });
  const columns = header?.fields.map(({ value }) => value) ?? [];
  if (columns.length < 2) return;
  const all = columns.map((column) => `"${column}"`).join(", ");
  const last = columns[columns.length - 1];
  throw new OptionError(
    "column",
    `of the table ${name} to be one of ${all}`,
    "none",
    `: { file: "${name}", column: "${last}" }, in a shell --column ${last}`,
  );
}

interface Table {
  /** Of each row the columns that are wanted, in their order. */
  readonly rows: readonly (readonly string[])[];
  readonly notices: readonly string[];
}

function isJson(content: string, name: string): boolean {
  const ending = /\.(\w+)(\.gz|\.zst)?$/.exec(name.toLowerCase())?.[1] ?? "";
  if (["json", "jsonl", "jsonlines", "ndjson"].includes(ending)) return true;
  return !["csv", "tsv", "tab"].includes(ending) && /^\s*(\{\s*"|\[\s*\{)/.test(content);
}

function ofJson(content: string, { name, wanted }: Reading): Table {
  const objects = jsonRows(content, { name, column: wanted[0] });
  const there = new Set<string>();
  for (const object of objects) for (const property of Object.keys(object)) there.add(property);
  checkColumns([...there], { name, wanted });
  const changed = new Set<number>();
  const rows = objects.map((object, index) =>
    wanted.map((column) => {
      const text = textOf(own(object, column), `\`${column}\` in row ${index + 1} of ${name}`);
      const { content, notices } = decodeString(text, name);
      if (notices.length > 0) changed.add(index + 1);
      return content;
    }),
  );
  const what = "halves of characters, control characters or accents that stand apart, written as escapes";
  const notices =
    changed.size > 0 ? [`${name}, ${rowList([...changed])}: ${what}, were changed as in any text`] : [];
  return { rows, notices };
}

function ofFields(content: string, { name, wanted }: Reading): Table {
  const separator = separatorOf(content, name);
  let columns: { readonly places: readonly number[]; readonly faults: RowFaults } | undefined;
  const rows: string[][] = [];
  for (const row of new Rows(content, { separator, name })) {
    if (!columns) {
      const names = row.fields.map(({ value }) => value);
      checkColumns(names, { name, wanted });
      const places = wanted.map((column) => names.indexOf(column));
      columns = { places, faults: new RowFaults({ name, header: row, separator, text: places[0] }) };
      continue;
    }
    const { places, faults } = columns;
    const whole = faults.look(row, rows.length + 1);
    const values = places.map((place) => row.fields[place]?.value ?? "");
    if (whole !== undefined) values[0] = whole;
    rows.push(values);
  }
  return { rows, notices: columns?.faults.notices(wanted[0]) ?? [] };
}

function checkColumns(there: readonly string[], { name, wanted }: Reading): void {
  const quoted = (list: readonly string[]) => list.map((column) => `"${column}"`).join(", ");
  if (wanted.some((column) => !there.includes(column)))
    throw new Error(`Expected the columns ${quoted(wanted)} in ${name}, which has ${quoted(there)}`);
  const twice = wanted.filter((column) => there.indexOf(column) !== there.lastIndexOf(column));
  if (twice.length > 0)
    throw new Error(`Expected the column ${quoted(twice)} once in ${name}, found it again`);
}

function textOf(value: unknown, place: string): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "object") throw new Error(`Expected a text as ${place}, got ${echo(value)}`);
  return String(value);
}
