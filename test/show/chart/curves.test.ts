import assert from "node:assert/strict";
import { curveChart, showCurves } from "../../../lib/show/chart/curves";
import { paints } from "../../../lib/show/chart/panel";
import { lineChart } from "../../../lib/show/chart/line-chart";
import { inRecordedNotebook } from "../watch/recording";

const falling = [8, 6, 1].map((tenths, x) => ({ x, y: tenths / 10 }));

describe("showCurves", () => {
  it("shows a picture, and in words where each curve begins, ends and is half-way", async () => {
    const curves = { falling, short: falling.slice(1) };
    const [shown] = await inRecordedNotebook(() => showCurves(curves, { title: "Novel", x: "n" }));
    assert.match(shown.html[0], /^<img src="data:image\/svg\+xml/);
    assert.equal(
      shown.text[0],
      "Novel by n: falling 80.0% at 0, 60.0% at 1, 10.0% at 2; short 60.0% at 1, 10.0% at 2",
    );
  });

  it("draws each curve in a colour of its own, with its name", () => {
    const svg = lineChart(curveChart({ one: falling, other: falling.slice(1) }, { title: "Novel", x: "n" }));
    for (const { light } of paints.slice(0, 2)) assert.ok(svg.includes(`stroke="${light}"`));
    assert.match(svg, /— one 10%<[^]*— other 10%</);
  });

  it("gives curves of one colour signs, by which they are told apart", () => {
    const curves = Object.fromEntries([..."abcdefg"].map((name) => [name, falling]));
    const { series } = curveChart(curves, { title: "Novel", x: "n" }).panels[0];
    const looks = series.map(({ paint, symbol = "" }) => `${paint.light} ${symbol}`);
    assert.equal(new Set(looks).size, 7);
    assert.deepEqual(
      series.map(({ symbol }) => symbol),
      [...Array(5).fill(undefined), "circle", "circle"],
    );
  });

  it("writes numbers that are no shares with three digits", () => {
    const { alternative } = curveChart(
      { a: [{ x: 3, y: 1.23456 }] },
      { title: "Loss", x: "n", unit: "number" },
    );
    assert.equal(alternative, "Loss by n: a 1.235 at 3");
  });
});
