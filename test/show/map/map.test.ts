import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { bandedMaps } from "../../../lib/show/map/bands";
import { mapText } from "../../../lib/show/map/in-terminal";
import { mapStrips } from "../../../lib/show/map/strip";
import { madeUpMap, one, other } from "./made-up-map";

interface Element {
  readonly textContent: string;
  readonly children: ArrayLike<Element> & Iterable<Element>;
  getAttribute(name: string): string;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

describe("bandedMaps(maps)", () => {
  it("keeps of each band the place from where the network goes on farthest", () => {
    const [{ bands, longest, mean }] = bandedMaps(one, { bands: 4 });
    assert.deepEqual(
      bands.map(({ verbatim, line }) => [verbatim, line]),
      [
        [3, 1],
        [1, 1],
        [37, 2],
        [1, 3],
      ],
    );
    assert.deepEqual([longest, mean], [37, 44 / 12]);
    assert.equal(bands[2].words.passage, "in possession of a good fortune,\nmust");
    assert.ok(bands[2].words.before.endsWith("<single> man\n"));
  });

  it("says what follows costs in nats a character, also at the end of the book", () => {
    const map = madeUpMap([0, 1]);
    const [{ crossEntropy, bands }] = bandedMaps(map, { bands: 9 });
    assert.deepEqual([bands.length, crossEntropy], [2, 1.5]);
    assert.equal(bands[0].crossEntropy, 2);
  });

  it("counts lines and places of a part in the whole text", () => {
    const part = { ...one.text, start: 1000, firstLine: 50 };
    const [{ bands }] = bandedMaps({ ...one, text: part }, { bands: 4 });
    assert.deepEqual([bands[2].line, bands[2].words.passage.slice(0, 13)], [51, "in possession"]);
  });

  it("refuses an empty list", () => {
    assert.throws(
      () => bandedMaps([], { bands: 4 }),
      /Expected a map, or at least one with its label, got none/,
    );
  });
});

describe("mapStrips(maps)", () => {
  const maps = [
    { label: "no <dropout>", map: one },
    { label: "dropout 0.3", map: other },
  ];
  const { document } = parseHTML(
    `<!doctype html><html><body>${mapStrips(maps)}</body></html>`,
  ) as unknown as {
    readonly document: Element;
  };

  it("has a strip for each network, with a band for each place, as high as it goes on", () => {
    const strips = [...document.querySelectorAll("[data-strip]")];
    assert.deepEqual(
      strips.map((strip) => strip.children.length),
      [12, 12],
    );
    const heights = [...strips[0].children].map((band) => {
      return /gradient\(to top,#\w+ (\d+)%/.exec(band.getAttribute("style"))?.[1] ?? "0";
    });
    assert.deepEqual(heights, ["0", "6", "0", "2", "0", "0", "74", "4", "0", "0", "0", "2"]);
    assert.match(
      strips[0].getAttribute("aria-label"),
      /^no <dropout>: 37 characters at most, 3\.7 on average/,
    );
  });

  it("says at each band where it is and what it goes on with", () => {
    const [strip] = document.querySelectorAll("[data-strip]");
    const title = strip.children[6].getAttribute("title");
    assert.match(title, /^50% of the book, line 2: 37 characters word for word\n/);
    assert.match(title, /<single> man\n⟦in possession of a good fortune,\nmust⟧ be in want/);
  });

  it("opens the longest places without a script", () => {
    const [first, second] = document.querySelectorAll("details");
    assert.equal(
      first.querySelector("summary")!.textContent,
      "no <dropout> · 50% of the book, line 2: 37 characters word for word",
    );
    assert.equal(first.querySelector("mark")!.textContent, "in possession of a good fortune,\nmust");
    assert.match(second.querySelector("summary")!.textContent, /^dropout 0\.3 · 75%/);
    assert.equal(document.querySelector("script"), null);
  });
});

describe("mapText(maps)", () => {
  it("draws a line of blocks for each network, and tells its longest place", () => {
    const lines = mapText(
      [
        { label: "no dropout", map: one },
        { label: "dropout", map: other },
      ],
      { color: false },
    ).split("\n");
    assert.equal(
      lines[0],
      "Pride & Prejudice, Jane Austen: how far the network goes on word for word from each of 12 places",
    );
    assert.match(
      lines[2],
      /^no dropout · 37 characters at most, 3\.7 on average; what follows costs \d\.\d{3} nats a character$/,
    );
    assert.equal(lines[3], "| ▁ ▁  ▆▁   ▁|");
    assert.match(
      lines[4],
      /^50% of the book, line 2: 37 .*«in possession of a good fortune, must» be in want of a wife\.$/,
    );
    assert.equal(lines[7], "|▁        ▂  |");
  });
});
