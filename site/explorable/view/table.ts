/** A table of words and numbers. */

export function showTable(
  table: HTMLTableElement,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const head = table.createTHead();
  const body = table.tBodies[0] ?? table.createTBody();
  head.replaceChildren(rowOf("th", heads));
  body.replaceChildren(...rows.map((row) => rowOf("td", row)));
}

function rowOf(kind: "th" | "td", cells: readonly string[]): HTMLTableRowElement {
  const row = document.createElement("tr");
  for (const words of cells) {
    const cell = document.createElement(kind);
    if (kind === "th") cell.setAttribute("scope", "col");
    cell.textContent = words;
    row.append(cell);
  }
  return row;
}
