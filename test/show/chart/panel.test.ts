import assert from "node:assert/strict";
import {
  titleRows,
  chartSize,
  extents,
  frames,
  legends,
  paints,
  type Panel,
} from "../../../lib/show/chart/panel";

const loss: Panel = {
  title: "Cross-entropy",
  unit: "number",
  series: [
    {
      name: "training",
      paint: paints[0],
      points: [
        { x: 10, y: 3 },
        { x: 200, y: 1.4567 },
      ],
    },
    { name: "validation", paint: paints[1], points: [{ x: 100, y: 2 }], symbol: "circle" },
  ],
};
const copied: Panel = {
  title: "Copied",
  unit: "share",
  series: [{ name: "at 0.5", paint: paints[2], points: [{ x: 300, y: 0.25 }], symbol: "square" }],
};

describe("frames", () => {
  it("fill the chart without overlapping, the first one largest", () => {
    for (const panels of [1, 2, 3, 4]) {
      const all = frames(panels);
      const area = all.map(({ width, height }) => width * height);
      const sum = area.reduce((total, one) => total + one, 0);
      assert.equal(all.length, panels);
      assert.ok(Math.abs(sum - chartSize.width * chartSize.height) < 1e-6);
      assert.equal(Math.max(...area), area[0]);
    }
  });
});

describe("extents", () => {
  it("lets all panels share the range of x, and each have its own of y", () => {
    const { x, y } = extents([loss, copied]);
    assert.deepEqual(x, [0, 300]);
    assert.ok(y[0][0] < 1.4567 && y[0][0] > 1 && y[0][1] > 3);
    assert.deepEqual(y[1], [0, 0.275]);
  });

  it("goes below 0 where points lie there", () => {
    const around: Panel = {
      ...loss,
      series: [
        {
          name: "",
          paint: paints[0],
          points: [
            { x: -15, y: 1 },
            { x: 29, y: 2 },
          ],
        },
      ],
    };
    assert.deepEqual(extents([around]).x, [-15, 29]);
  });

  it("holds for a panel without a point and for one with a single value", () => {
    const empty: Panel = { title: "Loss", unit: "number", series: [] };
    const single: Panel = { ...empty, series: [{ name: "one", paint: paints[0], points: [{ x: 5, y: 2 }] }] };
    assert.deepEqual(extents([empty]), { x: [0, 1], y: [[0, 1]] });
    assert.deepEqual(extents([single]).y, [[1.5, 2.5]]);
  });
});

describe("legends", () => {
  it("give each series its sign, its name and its last value", () => {
    assert.deepEqual(legends(loss, frames(1)[0]), ["— training 1.457", "● validation 2.000"]);
    assert.deepEqual(legends(copied, frames(1)[0]), ["■ at 0.5 25%"]);
  });

  it("leave the values out where the frame is too narrow for them", () => {
    assert.deepEqual(legends(loss, { ...frames(1)[0], width: 300 }), ["— training", "● validation"]);
  });

  it("take a second row, and lose the ends of long names, where they would run into the next panel", () => {
    const [first] = frames(2);
    const named = (...names: string[]) => ({
      ...loss,
      title: "Validation loss, nats a character",
      series: names.map((name) => ({ ...loss.series[1], name })),
    });
    const two = named("32 neurons", "64 neurons");
    assert.deepEqual(legends(two, first), ["● 32 neurons", "● 64 neurons"]);
    assert.equal(titleRows(two, first).beside, 1);
    assert.equal(titleRows(loss, first).beside, 2);
    const long = named(...[1, 2, 3, 4, 5].map((layers) => `${layers} layers of 256 neurons with dropout`));
    const cut = legends(long, first);
    assert.ok(
      cut.every((legend) => /^● \d layers.*…$/.test(legend)),
      cut.join(),
    );
    const { beside } = titleRows(long, first);
    for (const row of [[long.title, ...cut.slice(0, beside)], cut.slice(beside)])
      assert.ok(row.join("  ").length * 6.5 < first.width, row.join("  "));
  });
});

describe("paints", () => {
  it("can be read as text on the grounds of the charts", () => {
    for (const { light, dark } of paints) {
      assert.ok(contrast(light, "#fffdf9") >= 4.5, light);
      assert.ok(contrast(dark, "#211f1c") >= 4.5, dark);
    }
  });
});

/** WCAG 2.2, "contrast ratio". */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((first, second) => first - second);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, "relative luminance". */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
