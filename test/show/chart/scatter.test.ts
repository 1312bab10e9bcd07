import assert from "node:assert/strict";
import { scatterChart, scatterInWords, showScatter } from "../../../lib/show/chart/scatter";
import { inRecordedNotebook } from "../watch/recording";

const points = [
  { x: 0, y: 0, group: "Emma" },
  { x: 2, y: 1, group: "Emma", label: "first & last" },
  { x: -1, y: 3, group: "Sea <1>" },
];
const title = "Pages";

/** The groups of points that Plot has drawn, each with its colour and how many there are. */
function drawn(svg: string): { fill: string; count: number }[] {
  return [...svg.matchAll(/<g [^>]*fill="(#\w+)" aria-label="dot">([^]*?)<\/g>/g)].map(([, fill, inside]) => {
    return { fill, count: (inside.match(/<(path|circle)/g) ?? []).length };
  });
}

describe("scatterChart", () => {
  it("draws every point in the colour of its group, which its name in the legend has too", () => {
    const svg = scatterChart(points, { title });
    const groups = drawn(svg);
    assert.deepEqual(
      groups.map(({ count }) => count),
      [2, 1],
    );
    assert.notEqual(groups[0].fill, groups[1].fill);
    assert.ok(svg.includes(`fill="${groups[0].fill}">● Emma</tspan>`));
    assert.ok(svg.includes(`fill="${groups[1].fill}">■ Sea &lt;1&gt;</tspan>`));
  });

  it("writes labels and names as text", () => {
    const svg = scatterChart(points, { title: "<b>", x: "first axis", y: "second axis" });
    for (const words of ["&lt;b&gt;", "first &amp; last", ">first axis<", ">↑ second axis<"])
      assert.ok(svg.includes(words), words);
    assert.ok(!svg.includes("<b>"));
  });

  it("gives twenty groups a look of their own, and their names as many rows as they need", () => {
    const many = Array.from({ length: 20 }, (_, at) => ({
      x: at,
      y: at,
      group: `a group with a long name ${at}`,
    }));
    const svg = scatterChart(many, { title });
    const looks = [...svg.matchAll(/fill="(#\w+)">(\S) a group/g)].map(([, fill, sign]) => fill + sign);
    assert.equal(new Set(looks).size, 20);
    const rows = [...svg.matchAll(/<text x="2" y="(\d+)">/g)].map(([, y]) => Number(y));
    assert.ok(rows.length > 3);
    const height = Number(/height="(\d+)"/.exec(svg)![1]);
    assert.equal(height, 34 + 20 * rows.length + 432);
  });

  it("has no legend where there is one group, and draws no points as an empty plane", () => {
    assert.doesNotMatch(scatterChart([{ x: 1, y: 1 }], { title }), /●/);
    assert.match(scatterChart([], { title }), /^<svg/);
  });
});

describe("scatterInWords", () => {
  it("tells how many points there are and where the middle of each group is", () => {
    assert.equal(
      scatterInWords(points, { title }),
      "Pages: 3 points; Emma, 2 around (1, 0.5); Sea <1>, 1 around (-1, 3)",
    );
  });
});

describe("showScatter", () => {
  it("shows a picture with its words", async () => {
    const [shown] = await inRecordedNotebook(() => showScatter(points, { title }));
    assert.match(shown.html[0], /^<img src="data:image\/svg\+xml[^>]*alt="Pages: 3 points; Emma/);
    assert.equal(shown.text[0], scatterInWords(points, { title }));
  });
});
