/** Rows by their numbers, in words. */

/**
 * @param rows ascending; the first ten are named
 * @example rowList([3, 7, 9]) // "rows 3, 7 and 9"
 */
export function rowList(rows: readonly number[]): string {
  if (rows.length === 1) return `row ${rows[0]}`;
  const named = rows.slice(0, 10);
  const others = rows.length - named.length;
  const last = others > 0 ? `${others} more` : named.pop();
  return `rows ${named.join(", ")} and ${last}`;
}
