/** Results in lines, for a terminal and for the next command alike. */

/**
 * Columns of equal width, numbers at the right.
 *
 * @example table([["158", "Emma"], ["42671", "Pride"]]) // "  158  Emma\n42671  Pride\n"
 */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((row) => {
      const cells = row.map((cell, column) =>
        /^[\d.,%]+$/.test(cell) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
      );
      return `${cells.join("  ").trimEnd()}\n`;
    })
    .join("");
}
