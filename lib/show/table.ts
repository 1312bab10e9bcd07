/** Rows of plain objects as a table that a notebook keeps, trusted or not. */
import { escapeHtml } from "./style/html";
import { display } from "./notebook";
import { count } from "./style/numbers";

export interface TableOptions {
  /** The keys that become columns, in their order (default: all keys of the first row). */
  readonly columns?: readonly string[];
  /** What the table shows. */
  readonly caption?: string;
}

/**
 * Shows a table in a notebook, or prints it.
 *
 * @example showTable(library.statistics(), { columns: ["title", "characters"] })
 */
export function showTable(rows: readonly object[], options: TableOptions = {}): void {
  if (rows.length === 0) {
    const words = `${options.caption ?? "A table"}: no rows`;
    display({ "text/html": `<div>${escapeHtml(words)}</div>`, "text/plain": words });
    return;
  }
  display({ "text/html": table(rows, options), "text/plain": textTable(rows, options) });
}

/**
 * The table as HTML: numbers to the right, all text escaped, camelCase keys as words.
 *
 * @example table([{ title: "Emma", trainingCharacters: 839000 }]) // Emma under "title", 839,000 under "training characters"
 */
export function table(rows: readonly object[], { columns = keys(rows), caption }: TableOptions = {}): string {
  const align = (column: string) => `style="text-align:${isNumeric(rows, column) ? "right" : "left"}"`;
  const head = columns.map(
    (column) => `<th scope="col" ${align(column)}>${escapeHtml(heading(column))}</th>`,
  );
  const body = rows.map((row) => {
    const cells = columns.map(
      (column) => `<td ${align(column)}>${escapeHtml(cell(value(row, column)))}</td>`,
    );
    return `<tr>${cells.join("")}</tr>`;
  });
  const words = caption ? `<caption style="text-align:left">${escapeHtml(caption)}</caption>` : "";
  return `<table>${words}<thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

/** The table as lines of text, columns two spaces apart. */
export function textTable(
  rows: readonly object[],
  { columns = keys(rows), caption }: TableOptions = {},
): string {
  const lines = [
    columns.map(heading),
    ...rows.map((row) => columns.map((column) => cell(value(row, column)))),
  ];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index].length)));
  const text = lines.map((line) =>
    line
      .map((word, index) => {
        return isNumeric(rows, columns[index]) ? word.padStart(widths[index]) : word.padEnd(widths[index]);
      })
      .join("  ")
      .trimEnd(),
  );
  return [...(caption ? [caption] : []), ...text].join("\n");
}

function keys(rows: readonly object[]): string[] {
  return Object.keys(rows[0] ?? {});
}

function value(row: object, column: string): unknown {
  return (row as Record<string, unknown>)[column];
}

function isNumeric(rows: readonly object[], column: string): boolean {
  return rows.length > 0 && rows.every((row) => ["number", "undefined"].includes(typeof value(row, column)));
}

/** @example heading("trainingCharacters") // "training characters" */
function heading(column: string): string {
  return column.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Whole numbers with their thousands apart, others with four digits, nothing for what is not there. */
function cell(content: unknown): string {
  if (content === undefined || content === null) return "";
  if (Array.isArray(content)) return content.map(cell).join(", ");
  if (typeof content !== "number") return String(content);
  return Number.isInteger(content)
    ? count(content)
    : content.toLocaleString("en", { maximumSignificantDigits: 4 });
}
