/** Short texts out of tables: a column of a CSV or TSV file with a header, or a property of each line of a JSONL file. */
import { parse } from "csv-parse/sync";
import { readText } from "./decode";
import type { ShortTexts } from "./short-texts";

export interface Columns {
  /** The column with the texts. */
  readonly column: string;
  /** Columns with what else is known of each text; none. */
  readonly labels?: readonly string[];
}

type Row = Readonly<Record<string, unknown>>;

/**
 * The texts of a table, in their order; where a row has none it is "". A file is JSONL where its name ends so (.jsonl,
 * .ndjson), else CSV, separated by what separates most of its header: a comma, a semicolon, a tab or a bar.
 *
 * @throws where the file is missing, binary, empty or broken, and where it has no such column, with those that it has
 * @example await readTable("poems.csv", { column: "text", labels: ["author"] })
 */
export async function readTable(file: string, { column, labels = [] }: Columns): Promise<ShortTexts> {
  const { content, notices } = await readText(file);
  const wanted = [column, ...labels];
  const rows = /\.(jsonl|ndjson)(\.gz)?$/i.test(file)
    ? jsonLines(content, { file, wanted })
    : separated(content, { file, wanted });
  const texts = rows.map((row, index) => {
    const place = `row ${index + 1} of ${file}`;
    const known = labels.map((label) => [label, textOf(row[label], `\`${label}\` in ${place}`)]);
    const told = labels.length ? { labels: Object.fromEntries(known) as Record<string, string> } : {};
    return { content: textOf(row[column], `\`${column}\` in ${place}`), ...told };
  });
  return { texts, notices };
}

interface Reading {
  readonly file: string;
  /** The columns that are read. */
  readonly wanted: readonly string[];
}

function separated(content: string, { file, wanted }: Reading): Row[] {
  const columns = (header: string[]) => {
    checkColumns(header, { file, wanted });
    return header.map((name) => (wanted.includes(name) ? name : false));
  };
  const settings = { delimiter: delimiterOf(content), relax_column_count: true, skip_empty_lines: true };
  try {
    return parse(content, { ...settings, columns }) as Row[];
  } catch (error) {
    if ((error as { code?: string }).code === undefined) throw error;
    throw new Error(`Could not read ${file} as a table: ${(error as Error).message}`, { cause: error });
  }
}

function jsonLines(content: string, { file, wanted }: Reading): Row[] {
  const rows = content.split("\n").flatMap((line, index): Row[] => {
    if (line.trim() === "") return [];
    const row = parsed(line);
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      throw new Error(
        `Expected a JSON object in line ${index + 1} of ${file}, got ${JSON.stringify(line.slice(0, 60))}`,
      );
    }
    return [row as Row];
  });
  checkColumns([...new Set(rows.flatMap((row) => Object.keys(row)))], { file, wanted });
  return rows;
}

/** The value of a line of JSON, undefined where it is none. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function checkColumns(there: readonly string[], { file, wanted }: Reading): void {
  const missing = wanted.filter((name) => !there.includes(name));
  if (missing.length === 0) return;
  const names = (list: readonly string[]) => list.map((name) => `"${name}"`).join(", ");
  throw new Error(`Expected the columns ${names(wanted)} in ${file}, which has ${names(there)}`);
}

/** What separates the columns of a header: what stands there most often outside quotation marks. */
function delimiterOf(content: string): string {
  const header = content.slice(0, content.indexOf("\n") + 1 || undefined).replace(/"[^"]*"/g, "");
  const times = (separator: string) => header.split(separator).length;
  return [",", ";", "\t", "|"].reduce((one, other) => (times(other) > times(one) ? other : one));
}

function textOf(value: unknown, place: string): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "object") throw new Error(`Expected a text as ${place}, got ${JSON.stringify(value)}`);
  return String(value);
}
