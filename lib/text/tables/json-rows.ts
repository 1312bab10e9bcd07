/** Rows out of JSON: an object a line, a list of objects, or an object with the values of each column, by their numbers. */

export type Row = Readonly<Record<string, unknown>>;

export interface Json {
  /** What an error calls the text. */
  readonly name: string;
  /** The column that is wanted: an object that holds a list of its values, or an object of them, holds columns. */
  readonly column: string;
}

/**
 * @throws where it is none of these
 * @example jsonRows('{"text": "One"}\n{"text": "Two"}', { name: "a.jsonl", column: "text" }).length // 2
 */
export function jsonRows(content: string, { name, column }: Json): readonly Row[] {
  let whole: unknown;
  try {
    whole = JSON.parse(content);
  } catch (error) {
    if (!content.trimStart().startsWith("[")) return lines(content, name);
    throw new Error(`Could not read ${name} as JSON: ${(error as Error).message}`, { cause: error });
  }
  if (Array.isArray(whole)) return whole.map((row, index) => object(row, `row ${index + 1} of ${name}`));
  const row = object(whole, name);
  const values = own(row, column);
  return typeof values === "object" && values !== null ? fromColumns(row, values, name) : [row];
}

/** What an object has itself under a name, which may be one like `constructor`. */
export function own(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

function lines(content: string, name: string): Row[] {
  return content.split("\n").flatMap((line, index): Row[] => {
    if (line.trim() === "") return [];
    const place = `line ${index + 1} of ${name}`;
    try {
      return [object(JSON.parse(line), place)];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new Error(`Expected a JSON object in ${place}, got ${shortened(line)} (${error.message})`, {
        cause: error,
      });
    }
  });
}

/** @param values those of the column that is wanted, as a list or an object */
function fromColumns(columns: Row, values: object, name: string): Row[] {
  const numbers = Object.keys(values);
  const all = Object.entries(columns).flatMap(([column, list]): [string, Row][] =>
    typeof list === "object" && list !== null ? [[column, list as Row]] : [],
  );
  const other = all.find(([, list]) => Object.keys(list).length !== numbers.length);
  if (other)
    throw new Error(
      `Expected columns of one length in ${name}, got ${numbers.length} values and ${Object.keys(other[1]).length} of "${other[0]}"`,
    );
  return numbers.map((number) =>
    Object.fromEntries(all.map(([column, list]) => [column, own(list, number)])),
  );
}

function object(value: unknown, place: string): Row {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Row;
  throw new Error(`Expected a JSON object in ${place}, got ${shortened(JSON.stringify(value))}`);
}

function shortened(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
