/**
 * The legend of an overlay as a filter, where scripts run: a box beside each text, and a slider for the least length. A copy
 * that is filtered out loses its colour and stays as text. Where there are bars of surprise, another box takes them away.
 */

const page = /** @type {any} */ (globalThis);

/** @param {any} root the element that holds the overlay */
module.exports = function filterOverlay(root) {
  const document = page.document;
  offerBars(root);
  const marks = [...root.querySelectorAll("mark[data-copies]")].map((mark) => {
    const copies = mark.dataset.copies
      .split(" ")
      .map((/** @type {string} */ copy) => copy.split(":").map(Number));
    return { mark, copies, off: false };
  });
  if (!marks.length || root.querySelector("[data-filter]")) return;
  const lengths = marks.flatMap(({ copies }) => copies.map((/** @type {number[]} */ [, length]) => length));
  const [shortest, longest] = lengths.reduce(
    ([low, high], length) => [Math.min(low, length), Math.max(high, length)],
    [Infinity, 0],
  );
  const hidden = new Set();
  let least = shortest;

  const apply = () => {
    for (const one of marks) {
      const off = !one.copies.some(
        (/** @type {number[]} */ [text, length]) => length >= least && !hidden.has(text),
      );
      if (off !== one.off) one.mark.toggleAttribute("data-off", (one.off = off));
    }
  };

  for (const row of root.querySelectorAll("tr[data-text]")) {
    const chip = row.querySelector("td span");
    const text = Number(row.dataset.text);
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = true;
    box.setAttribute("aria-label", `show the copies from ${row.querySelector("th bdi").textContent}`);
    box.style.cssText = "margin:0 6px 0 0;vertical-align:middle";
    box.addEventListener("change", () => {
      hidden[box.checked ? "delete" : "add"](text);
      apply();
    });
    chip.before(box);
  }

  const style = document.createElement("style");
  style.textContent =
    "mark[data-off] { background: none !important; box-shadow: none !important; color: inherit !important }" +
    "mark[data-off] + sup, mark[data-off] + details > summary { opacity: 0.25 }";
  const slider = document.createElement("label");
  slider.dataset.filter = "";
  slider.style.cssText = "display:flex;gap:10px;align-items:center;margin:12px 0 0;font-size:12px";
  const input = document.createElement("input");
  Object.assign(input, { type: "range", min: shortest, max: longest, value: shortest });
  input.style.cssText = "width:220px";
  const output = document.createElement("span");
  const say = () => (output.textContent = `of ${least.toLocaleString("en")} characters and more`);
  input.addEventListener("input", () => {
    least = Number(input.value);
    say();
    apply();
  });
  // JupyterLab takes arrow keys for moving between cells.
  input.addEventListener("keydown", (/** @type {any} */ event) => {
    if (/^(Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
  });
  say();
  slider.append("show copies ", input, output);
  root.querySelector("table").after(style, slider);
};

/** A box beside the key of the bars. */
function offerBars(/** @type {any} */ root) {
  const document = page.document;
  const key = root.querySelector("[data-bars]");
  if (!key || key.querySelector("input")) return;
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", checked: true });
  box.setAttribute("aria-label", "show how surprised the network was");
  box.style.cssText = "margin:0 6px 0 0;vertical-align:middle";
  box.addEventListener("change", () => root.toggleAttribute("data-no-bars", !box.checked));
  const style = document.createElement("style");
  style.textContent =
    "[data-no-bars] [data-s] { border-top: 0 !important } [data-no-bars] [data-skyline] { display: none !important }";
  key.prepend(style, box);
}
