import assert from "node:assert/strict";
import { LiveChart } from "../../../lib/show/chart/live-chart";
import { paints, type Chart } from "../../../lib/show/chart/panel";
import { picture } from "../../../lib/show/chart/line-chart";
import { inRecordedNotebook } from "../watch/recording";

function chartOf(length: number, name = "training"): Chart {
  const points = Array.from({ length }, (_, x) => ({ x, y: 1 + Math.sin(x / 50) }));
  return {
    x: "iteration",
    alternative: `${length} points`,
    panels: [{ title: "Loss", unit: "number", series: [{ name, paint: paints[0], points }] }],
  };
}

describe("LiveChart", () => {
  it("is one output: a picture with a script beside it while it lives, the picture alone in the end", async () => {
    const outputs = await inRecordedNotebook(() => {
      const live = new LiveChart(chartOf(2));
      live.update(() => chartOf(3));
      live.end(chartOf(4));
    });
    assert.equal(outputs.length, 1);
    const { html, text } = outputs[0];
    assert.ok(html[0].startsWith(`<div>${picture(chartOf(2))}<script>`));
    assert.ok(html[1].startsWith(`<div>${picture(chartOf(3))}<script>`));
    assert.deepEqual(html.slice(2), [picture(chartOf(4))]);
    assert.deepEqual(text, ["2 points", "3 points", "4 points"]);
  });

  it("does not make the states that it has no time to show", async () => {
    let made = 0;
    const [{ html }] = await inRecordedNotebook(() => {
      const live = new LiveChart(chartOf(2));
      for (let length = 3; length < 100; length++) {
        live.update(() => {
          made++;
          return chartOf(length);
        });
      }
    });
    assert.ok(made < 90);
    assert.equal(html.length, 1 + made);
  });

  it("sends small messages of long trainings", async () => {
    const [{ html }] = await inRecordedNotebook(() => new LiveChart(chartOf(100_000)));
    assert.ok(html[0].length < 60_000);
  });

  it("cannot be left by what a series is called", async () => {
    const [{ html }] = await inRecordedNotebook(() => new LiveChart(chartOf(2, "</script><b>")));
    assert.equal(html[0].match(/<\/script>/g)?.length, 1);
  });
});
