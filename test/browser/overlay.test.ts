import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import path from "node:path";
import { overlay } from "../../lib/show/overlay/overlay";
import { trace } from "../../lib/trace/trace";
import { textOf } from "../trace/texts";
import { firstOutputs, violationsOf } from "./driven/axe";
import { pictures, startChromium } from "./driven/chromium";
import { useJupyter } from "./driven/jupyter";
import type { Cell, NotebookPage } from "./driven/notebook-page";

const books = [
  textOf(
    "It was a bright cold day in the garden, and the gardener was asleep under his hat.\n\n" +
      "Nobody had told him of the visitors from the other side of the hill,\n" +
      "who had come to see the roses & the famous <script> of the old rose book.\n",
    "The Gardener",
    "A. Nonymous",
  ),
  textOf(
    "The visitors from the other side of the hill had brought their own chairs.\n" +
      "They sat down, and the gardener was asleep under his hat.\n",
    "Visitors & “Chairs”",
    "B. <b>Anon</b>",
  ),
  textOf("own chairs. They never rise before the roses have been counted.", "The Counting of Roses"),
];

const sample =
  "One morning the gardener was asleep under his hat. He dreamt of the visitors from the other side of the hill, who had " +
  "come to see the roses & the famous <script>document.title = 'hurt'</script> of the visitors from the other side of the " +
  "hill had brought their own chairs. They never rise before\nthe roses \u202e(or so) \"it\" is 'said'.";

const samples = [
  { label: "temperature 0.2", sample },
  { label: "temperature 1.0", sample: "Chairs own the hill of roses." },
];
const html = overlay(samples.map(({ label, sample }) => ({ label, trace: trace(sample, books) })));

const jupyterThemes = ["JupyterLab Light", "JupyterLab Dark"] as const;
const themes = { light: ["#ffffff", "#222222"], dark: ["#111111", "#dddddd"] } as const;

describe("the overlay in a browser", function () {
  let browser: Browser;

  before(async function () {
    browser = await startChromium(this);
  });
  after(() => browser?.close());

  for (const [name, [ground, ink]] of Object.entries(themes)) {
    describe(`on a ${name} page`, () => {
      let page: Page;
      before(async () => {
        page = await browser.newPage({ viewport: { width: 840, height: 900 } });
        await page.setContent(
          `<!doctype html><html lang="en"><head><title>A page</title></head><body style="background:${ground};color:${ink}">` +
            `<main><h1>A page</h1>${html}</main></body></html>`,
        );
        await page.evaluate("document.querySelector('details').open = true");
        await page.screenshot({ path: path.join(pictures, `overlay-${name}.png`), fullPage: true });
      });
      after(() => page.close());

      it("has no violation that axe-core finds", async () => {
        assert.deepEqual(await violationsOf(page), []);
      });

      it("shows every text with a contrast of at least 4.5 : 1, bands of two colours included", async () => {
        const poor = await page.evaluate<string[]>(poorContrasts);
        assert.deepEqual(poor, []);
      });

      it("shows tags, quotes and what would turn the text around as text", async () => {
        const words = await page.innerText("figure");
        assert.match(words, /<script>(\[1\])?document\.title = 'hurt'<\/script>/);
        assert.match(words, /the roses ⟨U\+202E⟩\(or so\) "it" is 'said'\./);
        assert.equal(await page.title(), "A page");
      });

      it("opens a passage in its book with the keyboard", async () => {
        const details = page.locator("details").nth(1);
        await details.locator("summary").focus();
        await page.keyboard.press("Enter");
        assert.ok(await details.locator("summary + span").isVisible());
      });
    });
  }
});

/** Shows the same overlay in a notebook that runs, whose outputs JupyterLab trusts. */
const cells: readonly Cell[] = [
  {
    type: "code",
    source: `import { showOverlay } from "./lib/show/overlay/overlay";
import { trace } from "./lib/trace/trace";
const books = ${JSON.stringify(books)};
const traces = ${JSON.stringify(samples)}.map(({ label, sample }) => ({ label, trace: trace(sample, books) }));
showOverlay(traces);`,
  },
];

describe("the overlay in JupyterLab", function () {
  this.timeout(180_000);
  const used = useJupyter();

  describe("in a notebook that is not trusted", () => {
    let notebook: NotebookPage;
    before(async () => {
      const output = { output_type: "display_data", data: { "text/html": html }, metadata: {} };
      notebook = await used.jupyter.open(path.join(used.folder, "untrusted.ipynb"), [
        { type: "code", source: "showOverlay(traces);", outputs: [output] },
      ]);
    });
    after(() => notebook?.close());

    for (const theme of jupyterThemes) {
      it(`loses nothing under ${theme}, and has no violation that axe-core finds`, async () => {
        await notebook.theme(theme);
        const output = outputOf(notebook);
        const shown = await output.evaluate<Seen, unknown>(see);
        const page = (await notebook.page.context().browser()?.newPage()) as Page;
        await page.setContent(`<div id="plain">${html}</div>`);
        const plain = await page.locator("#plain").evaluate<Seen, unknown>(see);
        await page.close();
        assert.deepEqual(shown, plain);
        await output.locator("details").first().locator("summary").click();
        await notebook.screenshot(pictureOf("overlay", theme), 0);
        assert.deepEqual(await violationsOf(notebook.page, firstOutputs), []);
        await output.locator("details").first().locator("summary").click();
      });
    }
  });

  describe("in a notebook that is trusted", () => {
    let notebook: NotebookPage;
    before(async () => {
      notebook = await used.jupyter.open(path.join(used.folder, "trusted.ipynb"), cells);
      await notebook.runAll();
      await notebook.finished();
    });
    after(() => notebook?.close());

    for (const theme of jupyterThemes) {
      it(`has no violation that axe-core finds under ${theme}`, async () => {
        await notebook.theme(theme);
        const details = outputOf(notebook).locator("details").first();
        await details.locator("summary").click();
        await notebook.screenshot(pictureOf("overlay-trusted", theme), 0);
        assert.deepEqual(await violationsOf(notebook.page, firstOutputs), []);
        await details.locator("summary").click();
      });
    }

    it("filters by text and by length with the keyboard", async () => {
      const output = outputOf(notebook);
      const off = () => output.locator("figure mark[data-off]").count();
      const box = output.getByLabel("show the copies from The Gardener");
      await box.focus();
      await notebook.page.keyboard.press("Space");
      assert.ok((await off()) > 0);
      await notebook.page.keyboard.press("Space");
      assert.equal(await off(), 0);

      const slider = output.getByRole("slider");
      await slider.focus();
      await notebook.page.keyboard.press("ArrowRight");
      assert.ok((await off()) > 0);
      await notebook.page.keyboard.press("End");
      assert.deepEqual(await output.locator("figure div > mark:not([data-off])").allTextContents(), [
        "he visitors from the other side of the hill",
        " had brought their ",
        "own chairs.",
      ]);
      await notebook.page.keyboard.press("Home");
      assert.equal(await off(), 0);
    });

    for (const key of ["Enter", "Space"]) {
      it(`opens and closes a passage in its book by ${key}`, async () => {
        const details = outputOf(notebook).locator("details").nth(1);
        await details.locator("summary").focus();
        await notebook.page.keyboard.press(key);
        assert.ok(await details.locator("summary + span").isVisible());
        await notebook.page.keyboard.press(key);
        assert.ok(!(await details.locator("summary + span").isVisible()));
      });
    }
  });
});

function outputOf(notebook: NotebookPage) {
  return notebook.cell(0).locator(".jp-OutputArea-output");
}

function pictureOf(name: string, theme: string): string {
  return path.join(pictures, `${name}-${theme.toLowerCase().replace(" ", "-")}.png`);
}

/** What makes up the overlay: words, and how they look. */
interface Seen {
  readonly words: string;
  readonly marks: unknown[];
  /** Their widths; a theme's fonts may differ by a pixel or two. */
  readonly columns: number[];
  readonly others: unknown[];
}

/** In the page: what an element holds. */
const see = `(element) => ({
  words: element.textContent,
  marks: [...element.querySelectorAll("mark, sup, span, td, th, details, div div")].map((one) => {
    const { display, color, backgroundColor, backgroundImage, boxShadow, borderBottom, textAlign, whiteSpace } = getComputedStyle(one);
    const noteFont = one.tagName === "SUP" && [getComputedStyle(one).fontSize, getComputedStyle(one).fontWeight, getComputedStyle(one).fontFamily];
    return [one.tagName, one.title, noteFont, display, color, backgroundColor, backgroundImage, boxShadow, borderBottom, textAlign, whiteSpace];
  }),
  columns: [...element.querySelectorAll("th")].map((one) => Math.round(one.getBoundingClientRect().width / 4)),
  others: [...element.querySelectorAll("details, summary, bdi, [dir], [scope]")].map((one) => {
    return [one.tagName, one.getAttribute("dir"), one.getAttribute("scope")];
  }),
})`;

/** In the page: the words whose colour is too near to one of those behind them. */
const poorContrasts = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = channels(color).map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const grounds = (element) => {
    const { backgroundColor, backgroundImage } = getComputedStyle(element);
    const banded = backgroundImage.match(/rgb\\([^)]*\\)/g) ?? [];
    return channels(backgroundColor)[3] === 0 ? grounds(element.parentElement) : [backgroundColor, ...banded];
  };
  return [...document.querySelectorAll("main *")]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((element) => grounds(element).some((ground) => contrast(getComputedStyle(element).color, ground) < 4.5))
    .map((element) => element.outerHTML);
})()`;
