/**
 * The strips of a book's map, where scripts run: a click or the arrow keys walk through the bands of all strips at
 * once, and below them stands what each network goes on with there.
 */

const page = /** @type {any} */ (globalThis);

/** @param {any} root the element that holds the strips */
module.exports = function walkStrips(root) {
  const document = page.document;
  const rows = [...root.querySelectorAll("[data-strip]")];
  if (!rows.length || root.querySelector("[data-walk]")) return;
  const last = Math.max(...rows.map(({ children }) => children.length)) - 1;
  let now = 0;

  const pane = document.createElement("div");
  pane.dataset.walk = "";
  pane.setAttribute("role", "status");
  pane.style.cssText = "min-height:5em;margin:10px 0 0";
  pane.textContent =
    "Click a strip, or go along it with the arrow keys, to read what the network knows there.";
  rows[rows.length - 1].after(pane);

  const nameOf = (/** @type {any} */ row) => row.dataset.label;

  /** The band of a strip that stands where another one has it, which says in its title what there is to read. */
  const columnOf = (/** @type {any} */ { children }) =>
    children[Math.round((now / Math.max(1, last)) * (children.length - 1))];
  const placeOf = (/** @type {any} */ column) => column.title.split("\n", 1)[0];

  const show = () => {
    pane.replaceChildren();
    for (const row of rows) {
      const column = columnOf(row);
      for (const one of row.children) one.toggleAttribute("data-now", one === column);
      const place = placeOf(column);
      row.setAttribute("aria-valuenow", String(now));
      row.setAttribute("aria-valuetext", place);
      const head = document.createElement("div");
      head.textContent = [nameOf(row), place].filter(Boolean).join(" · ");
      const text = document.createElement("p");
      text.dir = "auto";
      text.style.cssText =
        "margin:2px 0 8px;font:14px/1.6 Georgia,'Times New Roman',serif;white-space:pre-wrap;overflow-wrap:break-word";
      const [before, words = "", after = ""] = column.title.slice(place.length + 1).split(/[⟦⟧]/);
      const mark = document.createElement("mark");
      mark.textContent = words;
      text.append(before, mark, after);
      pane.append(head, text);
    }
  };

  const go = (/** @type {number} */ to) => {
    now = Math.min(last, Math.max(0, to));
    show();
  };

  /** @type {Record<string, () => number>} */
  const keys = {
    ArrowLeft: () => now - 1,
    ArrowDown: () => now - 1,
    ArrowRight: () => now + 1,
    ArrowUp: () => now + 1,
    PageDown: () => now - 10,
    PageUp: () => now + 10,
    Home: () => 0,
    End: () => last,
  };
  for (const row of rows) {
    row.setAttribute("role", "slider");
    row.setAttribute("aria-label", ["place in the book", nameOf(row)].filter(Boolean).join(", "));
    row.setAttribute("aria-valuemin", "0");
    row.setAttribute("aria-valuemax", String(last));
    row.setAttribute("aria-valuenow", "0");
    row.setAttribute("aria-valuetext", placeOf(row.children[0]));
    row.tabIndex = 0;
    row.style.cursor = "pointer";
    row.addEventListener("keydown", (/** @type {any} */ event) => {
      if (!keys[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      go(keys[event.key]());
    });
    row.addEventListener("click", (/** @type {any} */ event) => {
      const { left, width } = row.getBoundingClientRect();
      go(Math.floor(((event.clientX - left) / width) * (last + 1)));
    });
  }

  const style = document.createElement("style");
  style.textContent =
    "[data-strip] > [data-now] { outline: 2px solid currentColor; z-index: 1 }" +
    "[data-strip]:focus-visible { outline: 2px solid currentColor; outline-offset: 2px }" +
    "[data-walk] mark { background: none; color: inherit; border-bottom: 2px solid currentColor; font-weight: 600 }";
  root.append(style);
};
