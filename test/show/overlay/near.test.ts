import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { ansi } from "../../../lib/show/overlay/in-terminal";
import { overlay } from "../../../lib/show/overlay/overlay";
import { overlayPicture } from "../../../lib/show/overlay/picture";
import { cutTraces } from "../../../lib/show/overlay/labelled";
import { readableChanges } from "../../../lib/show/overlay/changes";
import { traceNear } from "../../../lib/trace/near/trace-near";
import { textOf } from "../../trace/texts";

const book = textOf(
  "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife.",
  "Pride and Prejudice",
);
const other = textOf(
  "My aunt Philips came to tea, and stayed for supper with all of us & <them>.",
  "Letters",
);
const sample =
  "Yes: a truth acknowledged, that a single young man in possession of a good future, must be in want of a wife.\n" +
  "My aunt Philips came to tea, and stayed for supper with all of us & <them>.";
const traced = traceNear(sample, [other, book]);

interface Element {
  readonly localName: string;
  readonly textContent: string;
  readonly children: Iterable<Element>;
  getAttribute(name: string): string;
  querySelectorAll(selector: string): Element[];
}

/** The elements that a selector finds in the overlay. */
function inOverlay(selector: string): Element[] {
  const html = `<!doctype html><html><body>${overlay(traced, { pictured: false })}</body></html>`;
  return [...(parseHTML(html) as unknown as { document: Element }).document.querySelectorAll(selector)];
}

describe("an overlay of near copies", () => {
  it("marks near copies with a dashed line, exact ones with a plain one", () => {
    const marks = inOverlay("mark[title]");
    assert.equal(marks.length, 2);
    assert.match(marks[0].getAttribute("style"), /border-bottom:2px dashed/);
    assert.doesNotMatch(marks[0].getAttribute("style"), /box-shadow/);
    assert.match(marks[1].getAttribute("style"), /box-shadow/);
    assert.doesNotMatch(marks[1].getAttribute("style"), /dashed/);
  });

  it("strikes out within them what the text has, and underlines what the sample has instead", () => {
    const [mark] = inOverlay("mark[title]");
    assert.deepEqual(
      [...mark.children].map(({ localName, textContent }) => [localName, textContent]),
      [
        ["ins", " young"],
        ["del", "ortun"],
        ["ins", "utur"],
      ],
    );
    assert.match(mark.getAttribute("title"), /^96 characters, 9 changed, once\n/);
  });

  it("opens a near copy in its book beside the sample", () => {
    const [near, exact] = inOverlay("details");
    const words = near.textContent.replace(/\s+/g, " ");
    assert.match(words, /good fortune, must be.*in the sample.* a single young man .* good f ?ortunuture?/);
    assert.equal(near.querySelectorAll("ins").length, 2);
    assert.doesNotMatch(exact.textContent, /in the sample/);
  });

  it("says how changes are to be read, only where there are some", () => {
    assert.match(overlay(traced), /a dashed line: copied with changes/);
    const exact = traceNear(other.content, [other, book]);
    assert.doesNotMatch(overlay(exact), /dashed/);
  });

  it("writes changes in a terminal as git does, all text made visible", () => {
    const text = ansi(traced, { color: false });
    assert.match(
      text,
      /«.*that a single\{\+ young\+\} man in possession of a good f\[-ortun-\]\{\+utur\+\}e, must/,
    );
    assert.ok(ansi(traced, { color: true }).includes(";3m"));
  });

  it("escapes what a text or a sample has", () => {
    const text = textOf("a man of great sense and of greater fortune <b>&amp; more</b> than that", "Book");
    const hostile = traceNear(
      text.content.replace("<b>", "<i>").replace("fortune", "fort\u0001\u2066une<u>"),
      [text],
    );
    const html = overlay(hostile);
    assert.ok(html.includes("<del") && html.includes("<ins"));
    assert.doesNotMatch(html, /<b>|<i>|<u>/);
  });

  it("draws them in the still picture with dashes", () => {
    const svg = overlayPicture(cutTraces(traced));
    assert.equal(svg.match(/stroke-dasharray/g)?.length, 2);
  });

  it("shows changes that few letters of a word lie between as one", () => {
    const [passage] = traced.passages;
    assert.equal(passage.occurrences[0].changes.length, 3);
    assert.equal(readableChanges(passage, sample).length, 2);
  });
});
