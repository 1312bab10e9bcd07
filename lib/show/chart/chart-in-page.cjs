/**
 * The live chart's half in the browser, which `live-chart.ts` sends along with every update. Where the page can load plotly.js
 * from the Jupyter server it puts a chart in the place of the still picture; elsewhere it leaves the picture alone.
 */

const page = /** @type {any} */ (globalThis);

/**
 * @param {any} script the element that this runs in, beside the still picture
 * @param {import("./live-chart").ChartInPage} chart
 * @param {typeof figure} figureOf what plotly.js draws; lines by x where it is left out
 */
module.exports = function showLiveChart(script, chart, figureOf = figure) {
  const place = script?.parentElement;
  if (!place) return; // Not every front end runs scripts where they stand.
  const draw = () => place.isConnected && drawChart(place, chart, figureOf);
  if (page.Plotly) draw();
  else loadPlotly().then(draw, () => {});
};

/** Loads plotly.js once for all charts of the page; fails in a page that is not of a Jupyter server. */
function loadPlotly() {
  return (page[Symbol.for("palimpsest.plotly")] ??= new Promise((resolve, reject) => {
    const settings = page.document.getElementById("jupyter-config-data");
    const script = page.document.createElement("script");
    script.src = `${JSON.parse(settings.textContent).baseUrl}files/node_modules/plotly.js-dist/plotly.js`;
    script.onload = resolve;
    script.onerror = reject;
    page.document.head.append(script);
  }));
}

/** An update makes `place` anew, in the same output: the chart of that output moves in, and so does not flicker. */
function drawChart(
  /** @type {any} */ place,
  /** @type {import("./live-chart").ChartInPage} */ chart,
  /** @type {typeof figure} */ figureOf,
) {
  const output = place.parentElement;
  const charts = (page[Symbol.for("palimpsest.charts")] ??= new WeakMap());
  const element = charts.get(output) ?? page.document.createElement("div");
  place.replaceChildren(element);
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", chart.alternative);
  element.draw = () => {
    const { style, traces, layout } = figureOf(chart, place.clientWidth);
    element.style.cssText = style;
    page.Plotly.react(element, traces, layout, { displayModeBar: false });
  };
  element.draw();
  if (!charts.has(output)) freeWhenReplaced(element, output, charts);
  charts.set(output, element);
}

/** Fits the chart to its output, and frees it once the output shows something else. */
function freeWhenReplaced(/** @type {any} */ element, /** @type {any} */ output, /** @type {any} */ charts) {
  let width = output.clientWidth;
  const observer = new page.ResizeObserver(() => {
    if (!output.contains(element)) {
      observer.disconnect();
      charts.delete(output);
      page.Plotly.purge(element);
    } else if (output.clientWidth && output.clientWidth !== width) {
      width = output.clientWidth;
      element.draw();
    }
  });
  observer.observe(output);
  observer.observe(element);
}

/** What plotly.js draws, in the colours of the page's theme and not wider than `available` pixels. */
function figure(/** @type {import("./live-chart").ChartInPage} */ chart, /** @type {number} */ available) {
  const dark = page.document.body.dataset.jpThemeLight === "false";
  const { paper, ink, rule, axis } = chart.grounds[dark ? "dark" : "light"];
  const color = (/** @type {import("./panel").Paint} */ paint) => (dark ? paint.dark : paint.light);
  // All sizes shrink together, as they do in the still picture.
  const scale = Math.min(1, (available || chart.size.width) / chart.size.width);
  const across = (/** @type {number} */ pixels) => pixels / chart.size.width;
  const up = (/** @type {number} */ pixels) => 1 - pixels / chart.size.height;

  const annotation = { showarrow: false, xref: "paper", yref: "paper", yanchor: "middle" };
  const layout = /** @type {any} */ ({
    width: scale * chart.size.width - 2,
    height: scale * chart.size.height - 2,
    margin: { t: 0, r: 0, b: 0, l: 0 },
    paper_bgcolor: paper,
    plot_bgcolor: paper,
    font: { family: "system-ui, sans-serif", size: 11 * scale, color: ink },
    showlegend: false,
    hovermode: "x unified",
    hoverlabel: { bgcolor: paper, bordercolor: rule, font: { size: 11, color: ink } },
    uirevision: "keeps what the reader has zoomed",
    annotations: [],
  });
  const traces = chart.panels.flatMap(({ title, unit, frame, beside, rows, range, series }, index) => {
    const number = index ? String(index + 1) : "";
    const right = across(frame.x + frame.width - frame.margin.right);
    const bottom = frame.y + frame.height - frame.margin.bottom;
    const both = { linecolor: axis, gridcolor: rule, zeroline: false, ticklabelstandoff: 4 * scale };
    layout[`xaxis${number}`] = {
      ...both,
      anchor: `y${number}`,
      domain: [across(frame.x + frame.margin.left), right],
      range: chart.x.range,
      showgrid: false,
      showline: true,
      nticks: Math.round(frame.width / 65),
      tickformat: ",~",
    };
    layout[`yaxis${number}`] = {
      ...both,
      anchor: `x${number}`,
      domain: [up(bottom), up(frame.y + frame.margin.top)],
      range,
      showline: false,
      nticks: Math.round(frame.height / 35),
      tickformat: unit === "share" ? "~%" : "",
    };
    const legends = series.map(({ legend, paint }) => `<span style="color:${color(paint)}">${legend}</span>`);
    const words = [`<b>${title}</b>`, ...legends];
    rows.forEach((middle, row) =>
      layout.annotations.push({
        ...annotation,
        text: (row === 0 ? words.slice(0, beside + 1) : words.slice(beside + 1)).join("&nbsp;&nbsp; "),
        font: { size: 12 * scale },
        xanchor: "left",
        x: across(frame.x + 14),
        y: up(frame.y + middle),
      }),
    );
    if (index === 0) {
      layout.annotations.push({
        ...annotation,
        text: chart.x.name,
        xanchor: "right",
        x: right,
        y: up(bottom + 32),
      });
    }
    return series.map(({ name, paint, symbol, x, y, notes }) => ({
      type: "scatter",
      mode: symbol ? "lines+markers" : "lines",
      name,
      x,
      y,
      text: notes,
      xaxis: `x${number}`,
      yaxis: `y${number}`,
      cliponaxis: false,
      line: { color: color(paint), width: 2 * scale },
      marker: { symbol: symbol === "triangle" ? "triangle-up" : symbol, size: 7 * scale },
      hovertemplate: `${{ share: "%{y:.1%}", count: "%{y:,}", number: "%{y:.3f}" }[unit]}${notes ? " %{text}" : ""}`,
    }));
  });
  const style =
    `box-sizing:border-box;width:${scale * chart.size.width}px;height:${scale * chart.size.height}px;overflow:hidden;` +
    `border:1px solid ${rule};border-radius:8px`;
  return { style, traces, layout };
}
