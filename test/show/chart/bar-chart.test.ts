import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { barChart } from "../../../lib/show/chart/bar-chart";
import { paints } from "../../../lib/show/chart/panel";
import { chart } from "./step-bars";

interface Element {
  readonly textContent: string;
  getAttribute(name: string): string | null;
}

/** The elements of a picture, by a selector. */
function find(svg: string, selector: string): Element[] {
  const { document } = parseHTML(`<html><body>${svg}</body></html>`) as never as {
    document: { querySelectorAll(selector: string): Iterable<Element> };
  };
  return [...document.querySelectorAll(selector)];
}

/** The widths of the bars of each part, in pixels. */
function widths(svg: string): number[][] {
  return find(svg, `g[aria-label="bar"]`).map((group) =>
    [...(group as never as { children: Iterable<Element> }).children].map((bar) =>
      Number(bar.getAttribute("width")),
    ),
  );
}

describe("barChart", () => {
  it("draws a bar for each part, as long as its number says, in the colour of the part", () => {
    const svg = barChart(chart);
    const [[forward, longForward], [back, longBack]] = widths(svg);
    // Half a pixel of each bar's ends is left free.
    const scale = (longForward + 1) / 200;
    for (const [width, value] of [
      [forward, 12],
      [back, 30],
      [longBack, 1034.4],
    ]) {
      assert.ok(Math.abs(width + 1 - value * scale) < 0.3, `${width} for ${value}`);
    }
    const colours = find(svg, `g[aria-label="bar"]`).map((group) => group.getAttribute("fill"));
    assert.deepEqual(colours, [paints[0].light, paints[1].light]);
  });

  it("says what the bars are, their parts, and their sums, all text escaped", () => {
    const texts = find(barChart(chart), "text").map(({ textContent }) => textContent);
    assert.ok(texts.includes("A step <of two>■ forward■ back & Adam"));
    assert.ok(texts.includes("fused") && texts.includes("reference"));
    assert.ok(texts.includes("42 ms") && texts.includes("1,230 ms"));
  });

  it("grows with its bars, and keeps no legend for a single part", () => {
    const one = barChart({ ...chart, parts: ["all"], bars: [{ label: "fused", values: [3] }] });
    assert.ok(Number(find(one, "svg")[0].getAttribute("height")) < 100);
    assert.ok(!one.includes("■"));
  });

  it("holds nothing that a picture may not: no script, no style sheet, no address outside", () => {
    const svg = barChart(chart);
    assert.ok(!/<script|<style|href|@import|NaN/.test(svg));
    assert.deepEqual([...new Set(svg.match(/https?:[^"]*/g))], ["http://www.w3.org/2000/svg"]);
  });
});
