import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { paints, type Chart } from "../../../lib/show/chart/panel";
import { lineChart, picture } from "../../../lib/show/chart/line-chart";

const points = Array.from({ length: 5000 }, (_, x) => ({ x, y: 4 / (1 + x / 100) }));
const chart: Chart = {
  x: "iteration",
  alternative: `Loss "1.5" & falling`,
  panels: [
    {
      title: "Loss <nats>",
      unit: "number",
      series: [
        { name: "training", paint: paints[0], points },
        { name: "validation", paint: paints[1], points: [{ x: 2500, y: 1.5 }], symbol: "circle" },
      ],
    },
    { title: "Copied", unit: "share", series: [] },
  ],
};

/** The elements of a picture, by a selector. */
function find(
  svg: string,
  selector: string,
): { textContent: string; getAttribute(name: string): string | null }[] {
  const { document } = parseHTML(`<html><body>${svg}</body></html>`) as never as {
    document: { querySelectorAll(selector: string): Iterable<never> };
  };
  return [...document.querySelectorAll(selector)];
}

describe("lineChart", () => {
  it("draws each series in its colour, with a sign at every point where it has one", () => {
    const svg = lineChart(chart);
    assert.ok(svg.includes(`stroke="${paints[0].light}"`));
    assert.ok(svg.includes(`fill="${paints[1].light}"`));
  });

  it("names panels, series with their last values, and what x counts, all text escaped", () => {
    const texts = find(lineChart(chart), "text").map(({ textContent }) => textContent);
    assert.ok(texts.some((text) => text.startsWith("Loss <nats>") && text.includes("● validation 1.500")));
    assert.ok(texts.includes("Copied"));
    assert.ok(texts.includes("iteration"));
  });

  it("stands on a ground of its own, so that it reads on a dark page", () => {
    const [ground] = find(lineChart(chart), "rect");
    assert.equal(ground.getAttribute("fill"), "#fffdf9");
  });

  it("stays small however many points there are", () => {
    assert.ok(lineChart(chart).length < 20_000);
  });

  it("leaves a gap where a loss is no number", () => {
    const points = [1, NaN, Infinity, 2].map((y, x) => ({ x, y }));
    const series = [{ name: "training", paint: paints[0], points, symbol: "circle" as const }];
    const svg = lineChart({ ...chart, panels: [{ title: "Loss", unit: "number", series }] });
    assert.ok(!/NaN|Infinity/.test(svg));
    assert.equal(find(svg, `g[aria-label="dot"] *`).length, 2);
  });

  it("holds nothing that a picture may not: no script, no style sheet, no address outside", () => {
    const svg = lineChart(chart);
    assert.ok(!/<script|<style|href|@import/.test(svg));
    assert.deepEqual(svg.match(/https?:[^"]*/g), ["http://www.w3.org/2000/svg"]);
  });
});

describe("picture", () => {
  it("is an image that carries its data and says what it shows", () => {
    const [image] = find(picture(chart), "img");
    const [start, data] = (image.getAttribute("src") ?? "").split(",");
    assert.equal(start, "data:image/svg+xml;base64");
    assert.equal(Buffer.from(data, "base64").toString(), lineChart(chart));
    assert.equal(image.getAttribute("alt"), `Loss "1.5" & falling`);
  });
});
