/** What plotly.js draws of parallel coordinates, in the place of the line chart that `chart-in-page.cjs` would draw. */

const body = /** @type {any} */ (globalThis).document?.body;

/**
 * @param {import("../watch/search-chart").ParallelInPage} chart
 * @param {number} available pixels
 */
module.exports = function parallelFigure(chart, available) {
  const dark = body?.dataset.jpThemeLight === "false";
  const side = dark ? "dark" : "light";
  const { paper, ink, rule, axis } = chart.grounds[side];
  const scale = Math.min(1, (available || chart.size.width) / chart.size.width);
  const kinds = ["pruned", "complete", "best"];
  const colors = [axis, chart.paints[0][side], chart.paints[1][side]];
  // In the order of their kinds, so that the best is drawn last.
  const lines = [...chart.lines].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  const font = (/** @type {number} */ size) => ({
    family: "system-ui, sans-serif",
    size: size * scale,
    color: ink,
  });
  const traces = [
    {
      type: "parcoords",
      dimensions: chart.axes.map(({ name, ticks }, index) => ({
        label: name,
        range: [0, 1],
        tickvals: ticks.map(({ at }) => at),
        ticktext: ticks.map(({ label }) => label),
        values: lines.map(({ at }) => at[index]),
      })),
      line: {
        color: lines.map(({ kind }) => kinds.indexOf(kind)),
        cmin: 0,
        cmax: 2,
        colorscale: colors.map((color, index) => [index / 2, color]),
      },
      labelfont: font(12),
      tickfont: font(11),
      rangefont: font(1),
    },
  ];
  const layout = {
    width: scale * chart.size.width - 2,
    height: scale * chart.size.height - 2,
    margin: { t: 70 * scale, r: 60 * scale, b: 24 * scale, l: 60 * scale },
    paper_bgcolor: paper,
    plot_bgcolor: paper,
    font: font(11),
    uirevision: "keeps what the reader has marked",
    title: { text: `<b>${chart.title}</b>`, font: font(12), x: 0.02, xanchor: "left", y: 0.95 },
  };
  const style =
    `box-sizing:border-box;width:${scale * chart.size.width}px;height:${scale * chart.size.height}px;overflow:hidden;` +
    `border:1px solid ${rule};border-radius:8px`;
  return { style, traces, layout };
};
