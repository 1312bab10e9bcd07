import assert from "node:assert/strict";
import { chromium, type Browser, type Page } from "playwright-core";
import { mkdtemp, mkdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { overlay } from "../../lib/show/overlay";
import { trace } from "../../lib/trace/trace";
import { textOf } from "../trace/texts";
import { chromiumPath, Jupyter, missing, type NotebookPage } from "./jupyter";

/** Where the pictures are left, to be looked at. */
const pictures = path.resolve(__dirname, "../../.cache/screenshots");

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

const html = overlay([
  { label: "temperature 0.2", trace: trace(sample, books) },
  { label: "temperature 1.0", trace: trace("Chairs own the hill of roses.", books) },
]);

const themes = { light: ["#ffffff", "#222222"], dark: ["#111111", "#dddddd"] } as const;

describe("the overlay in a browser", function () {
  let browser: Browser;

  before(async function () {
    if (!chromiumPath()) this.skip();
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
    await mkdir(pictures, { recursive: true });
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
        await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
        const { violations } = await page.evaluate<{
          violations: { id: string; nodes: { html: string }[] }[];
        }>("axe.run()");
        assert.deepEqual(
          violations.map(({ id, nodes }) => [id, nodes[0].html]),
          [],
        );
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

describe("the overlay in JupyterLab, in a notebook that is not trusted", function () {
  this.timeout(120_000);
  let folder: string;
  let jupyter: Jupyter;
  let notebook: NotebookPage;

  before(async function () {
    if (missing()) this.skip();
    folder = await mkdtemp(path.join(os.tmpdir(), "palimpsest-overlay-"));
    jupyter = await Jupyter.start({ root: folder });
    const output = { output_type: "display_data", data: { "text/html": html }, metadata: {} };
    notebook = await jupyter.open("overlay.ipynb", [
      { type: "code", source: "showOverlay(traces);", outputs: [output] },
    ]);
  });
  after(async () => {
    await jupyter?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  for (const theme of ["JupyterLab Light", "JupyterLab Dark"] as const) {
    it(`loses nothing under ${theme}`, async () => {
      await notebook.theme(theme);
      const output = notebook.cell(0).locator(".jp-OutputArea-output");
      const shown = await output.evaluate<Seen, unknown>(see);
      const page = (await notebook.page.context().browser()?.newPage()) as Page;
      await page.setContent(`<div id="plain">${html}</div>`);
      const plain = await page.locator("#plain").evaluate<Seen, unknown>(see);
      await page.close();
      assert.deepEqual(shown, plain);
      await output.locator("details").first().locator("summary").click();
      await notebook.screenshot(
        path.join(pictures, `overlay-${theme.toLowerCase().replace(" ", "-")}.png`),
        0,
      );
      await output.locator("details").first().locator("summary").click();
    });
  }
});

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
    return [one.tagName, one.title, display, color, backgroundColor, backgroundImage, boxShadow, borderBottom, textAlign, whiteSpace];
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
