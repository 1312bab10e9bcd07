import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { ansi } from "../../../lib/show/overlay/in-terminal";
import { overlay } from "../../../lib/show/overlay/overlay";
import { passageRows } from "../../../lib/show/passage-rows";
import { groundColor } from "../../../lib/show/style/palette";
import { paper } from "../../../lib/show/style/themes";
import { compared, traced } from "./made-up-comparison";

interface Element {
  readonly textContent: string;
  getAttribute(name: string): string;
}

function inOverlay(selector: string): Element[] {
  const html = `<!doctype html><html><body>${overlay(compared, { pictured: false })}</body></html>`;
  const { document } = parseHTML(html) as unknown as {
    document: { querySelectorAll(selector: string): Iterable<Element> };
  };
  return [...document.querySelectorAll(selector)];
}

describe("an overlay of what was memorised", () => {
  it("has a ground as deep as a passage is harder without its book, and none where it is merely likely", () => {
    const [memorised, likely] = inOverlay("mark[title]").map((mark) => mark.getAttribute("style"));
    assert.ok(memorised.includes(`background-color:${groundColor(2, 100)}`), memorised);
    assert.ok(likely.includes(`background-color:${paper}`) && likely.includes("box-shadow"), likely);
  });

  it("says so where one points at it, by the number of the book in its library", () => {
    const [memorised, likely] = inOverlay("mark[title]").map((mark) => mark.getAttribute("title"));
    assert.match(
      memorised,
      /^39 characters, once\n0\.200 nats a character, 1\.450 without \[3\]: memorised\n/,
    );
    assert.match(likely, /\n0\.200 nats a character, 0\.240 without \[1\]: merely likely\n/);
  });

  it("has a column of the sources, and a key of its own", () => {
    assert.deepEqual(
      inOverlay("th[scope=col]").map(({ textContent }) => textContent),
      ["copied from", "share", "longest", "passages", "memorised"],
    );
    const rows = inOverlay("tbody tr").map(({ textContent }) => textContent);
    assert.match(rows[0], /Vanes.*1\.250$/s);
    assert.match(rows[1], /Papers.*0\.040$/s);
    const words = inOverlay("p")
      .map(({ textContent }) => textContent)
      .join("\n");
    assert.match(
      words,
      /harder to predict without its book: from 0\.1from 0\.3from 0\.6from 1 nats a character/,
    );
  });

  it("is faint in a terminal where a passage is merely likely", () => {
    assert.match(ansi(compared, { color: true }), /\x1b\[2mas far as I could tell\x1b\[0m/); // eslint-disable-line no-control-regex
  });
});

describe("passageRows(trace)", () => {
  it("lists what was memorised most first", () => {
    assert.deepEqual(passageRows(compared), [
      {
        ...{ passage: "a crooked vane sang by the flooded quay", book: "Vanes", characters: 39 },
        ...{ nats: 0.2, without: 1.45, difference: 1.25 },
      },
      {
        ...{ passage: "as far as I could tell", book: "Papers and 1 more", characters: 22 },
        ...{ nats: 0.2, without: 0.24, difference: 0.04 },
      },
    ]);
  });

  it("lists the longest first where nothing was compared", () => {
    assert.deepEqual(
      passageRows(traced).map(({ characters, ...row }) => [characters, "nats" in row]),
      [
        [39, false],
        [22, false],
      ],
    );
  });
});
