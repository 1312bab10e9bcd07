/**
 * Going from passage to passage in a page of its own, and reading each in its books: by pointing, by buttons, by the arrow
 * keys. What the books say comes from the data of the page, so that thousands of passages weigh little.
 */

const page = /** @type {any} */ (globalThis);

/** @param {any} root @param {import("./book-data").BookData & { hidden: string }} data */
module.exports = function walkOverlay(root, data) {
  const document = page.document;
  const figures = [...root.querySelectorAll("figure")];
  const marksOf = figures.map(marksByPassage);
  let now = { figure: 0, passage: -1 };

  const pane = document.createElement("aside");
  pane.id = "books";
  pane.hidden = true;
  pane.setAttribute("aria-label", "The passage in its books");
  const bar = document.createElement("div");
  const place = element("span", "");
  place.setAttribute("role", "status");
  const [previous, next, close] = [
    ["‹", "previous passage"],
    ["›", "next passage"],
    ["×", "close"],
  ].map(([sign, name]) => {
    const button = element("button", sign);
    button.setAttribute("aria-label", name);
    button.title = name;
    return button;
  });
  const books = document.createElement("div");
  books.tabIndex = 0;
  books.setAttribute("role", "region");
  books.setAttribute("aria-label", "Excerpts");
  bar.append(previous, next, place, close);
  pane.append(bar, books);
  document.body.append(pane);
  previous.addEventListener("click", () => step(-1));
  next.addEventListener("click", () => step(1));
  close.addEventListener("click", leave);

  const hint = document.createElement("p");
  hint.dataset.hint = "";
  const begin = element("button", "Walk through the passages");
  begin.addEventListener("click", () => step(1));
  hint.append(begin, " or press → and ←, or point at one");
  if (data.samples.some(({ length: passages }) => passages)) root.querySelector("h1").after(hint);
  // With a script the pane takes the place of what opens in the text.
  for (const details of root.querySelectorAll("figure details"))
    details.replaceWith(details.querySelector("sup"));
  root.querySelector("[data-how]")?.remove(); // what it said of them

  root.addEventListener("click", (/** @type {any} */ event) => {
    const mark = event.target.closest?.("figure mark, figure sup");
    if (!mark) return;
    const words = mark.matches("mark") ? mark : markBefore(mark);
    if (!words?.dataset.passages) return;
    const numbers = words.dataset.passages.split(" ").map(Number);
    const figure = figures.indexOf(mark.closest("figure"));
    const again = figure === now.figure ? numbers.indexOf(now.passage) : -1;
    show(figure, numbers[(again + 1) % numbers.length]);
  });
  document.addEventListener("keydown", (/** @type {any} */ event) => {
    if (event.target.matches("input, select") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") leave();
    const way = { ArrowRight: 1, ArrowLeft: -1 }[/** @type {string} */ (event.key)];
    if (!way) return;
    event.preventDefault();
    step(way);
  });

  /** To the next passage that is not filtered out, of this sample or of another that is seen. */
  function step(/** @type {number} */ way) {
    let { figure, passage } = now;
    for (;;) {
      passage += way;
      while (passage < 0 || passage >= data.samples[figure].length) {
        figure += way;
        if (!data.samples[figure]) return;
        passage = way > 0 ? 0 : data.samples[figure].length - 1;
      }
      const marks = marksOf[figure].get(passage);
      if (
        !figures[figure].hidden &&
        marks?.some((/** @type {any} */ mark) => !mark.hasAttribute("data-off"))
      ) {
        return show(figure, passage);
      }
    }
  }

  function show(/** @type {number} */ figure, /** @type {number} */ passage) {
    unmark();
    now = { figure, passage };
    const marks = marksOf[figure].get(passage) ?? [];
    for (const mark of marks) mark.toggleAttribute("data-now", true);
    const { length, count, texts, places } = data.samples[figure][passage];
    place.textContent = `passage ${number(passage + 1)} of ${number(data.samples[figure].length)}: ${number(length)} characters, ${
      count === 1 ? "once" : `${number(count)} times`
    }`;
    books.replaceChildren(...places.flatMap(inBook));
    if (texts > places.length)
      books.append(element("p", `and in ${number(texts - places.length)} more texts`));
    pane.hidden = false;
    books.querySelector("mark")?.scrollIntoView({ block: "center" });
    marks[0]?.scrollIntoView({ block: "center" });
  }

  function inBook(
    /** @type {readonly [number, number, number, number, string]} */ [text, stretch, at, length, lines],
  ) {
    const words = data.stretches[stretch];
    const [from, to] = [Math.max(0, at - data.around), at + length + data.around];
    const quote = document.createElement("blockquote");
    quote.dir = "auto";
    const copy = element("mark", visible(words.slice(at, at + length)));
    copy.className = `book-${text % 8}`;
    // Cut between words, as `excerpt.ts` does it.
    const before = words.slice(from, at);
    const after = words.slice(at + length, to);
    quote.append(
      from > 0 || before.length === data.around
        ? `…${visible(before.replace(/^\S{0,40}\s/, "").trimStart())}`
        : visible(before),
      copy,
      after.length === data.around
        ? `${visible(after.replace(/\s\S{0,40}$/, "").trimEnd())}…`
        : visible(after),
    );
    const title = document.createElement("p");
    title.append(`[${text + 1}] `, element("bdi", visible(data.books[text])), `, ${lines}`);
    return [title, quote];
  }

  function unmark() {
    for (const mark of root.querySelectorAll("mark[data-now]")) mark.removeAttribute("data-now");
  }

  function leave() {
    unmark();
    pane.hidden = true;
  }

  function visible(/** @type {string} */ text) {
    return text.replace(new RegExp(data.hidden, "g"), (character) => {
      return `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
    });
  }
};

/** @returns {Map<number, any[]>} */
function marksByPassage(/** @type {any} */ figure) {
  const found = new Map();
  for (const mark of figure.querySelectorAll("mark[data-passages]")) {
    for (const passage of mark.dataset.passages.split(" ").map(Number)) {
      if (!found.has(passage)) found.set(passage, []);
      found.get(passage).push(mark);
    }
  }
  return found;
}

/** The mark that a `[n]` stands behind. */
function markBefore(/** @type {any} */ note) {
  let before = note.previousElementSibling;
  while (before && !before.matches("mark")) before = before.previousElementSibling;
  return before;
}

function element(/** @type {string} */ name, /** @type {string} */ words) {
  const made = page.document.createElement(name);
  made.textContent = words;
  return made;
}

function number(/** @type {number} */ value) {
  return value.toLocaleString("en");
}
