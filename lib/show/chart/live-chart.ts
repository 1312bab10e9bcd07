/**
 * A chart that grows while a cell runs. Every state of it is a still picture, which any page shows; beside the picture
 * goes a script (`chart-in-page.cjs`) that puts plotly.js in its place where a Jupyter server is there to serve it. The
 * last state is the picture alone, so that a saved notebook shows the result and holds no script.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { display, nothing, type Display } from "../notebook";
import { jsonInScript } from "../style/html";
import { Pace } from "../style/pace";
import {
  chartSize,
  extents,
  frames,
  grounds,
  titleRows,
  type Chart,
  type Frame,
  type Panel,
  type Series,
} from "./panel";
import { picture } from "./line-chart";
import { thin } from "./thin";

/** What the script in the page is told. */
export interface ChartInPage {
  readonly size: typeof chartSize;
  readonly grounds: typeof grounds;
  readonly x: { readonly name: string; readonly range: [number, number] };
  readonly panels: readonly PanelInPage[];
  readonly alternative: string;
}

interface PanelInPage extends Pick<Panel, "title" | "unit"> {
  readonly frame: Frame;
  /** How many legends stand beside the title, and where the middle of each row is. */
  readonly beside: number;
  readonly rows: readonly number[];
  readonly range: [number, number];
  readonly series: readonly SeriesInPage[];
}

interface SeriesInPage extends Pick<Series, "name" | "paint" | "symbol"> {
  readonly legend: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly notes?: readonly string[];
}

/** Points of a line at most, so that an update stays below 100 kB however long a training runs. */
const mostPoints = 400;

/**
 * @example
 * const live = new LiveChart(chart);
 * for await (const next of charts) live.update(next);
 * live.end(last);
 */
export class LiveChart {
  private readonly shown: Display;
  private readonly pace = new Pace({ shortest: 500 });

  constructor(chart: Chart) {
    this.shown = display(liveBundle(chart));
  }

  /** Shows another state where it is time for it; `chart` makes it only then. */
  update(chart: () => Chart): void {
    this.pace.run(() => this.shown.update(liveBundle(chart())));
  }

  /** Shows nothing any more. */
  clear(): void {
    this.shown.update(nothing);
  }

  /** Shows the last state, as a still picture. */
  end(chart: Chart): void {
    this.shown.update({ "text/html": picture(chart), "text/plain": chart.alternative });
  }
}

function liveBundle(chart: Chart) {
  const script = `{ const module = {}; ${inPage} module.exports(document.currentScript, ${jsonInScript(forPage(chart))}); }`;
  return {
    "text/html": `<div>${picture(chart)}<script>${script}</script></div>`,
    "text/plain": chart.alternative,
  };
}

const inPage = readFileSync(path.join(__dirname, "chart-in-page.cjs"), "utf8");

function forPage({ x, panels, alternative }: Chart): ChartInPage {
  const extent = extents(panels);
  return {
    size: chartSize,
    grounds,
    alternative,
    x: { name: x, range: extent.x },
    panels: frames(panels.length).map((frame, index) => {
      const { title, unit, series } = panels[index];
      const range = extent.y[index];
      const { words, beside, rows: baselines } = titleRows(panels[index], frame);
      const rows = baselines.map((baseline) => baseline - 4);
      const all = series.map((one, at) => seriesForPage(one, words[at]));
      return { title, unit, frame, beside, rows, range, series: all };
    }),
  };
}

function seriesForPage({ name, paint, symbol, points }: Series, legend: string): SeriesInPage {
  const few = thin(points, mostPoints);
  const notes = few.some(({ note }) => note) ? few.map(({ note = "" }) => note) : undefined;
  return { name, paint, symbol, legend, notes, x: few.map(({ x }) => x), y: few.map(({ y }) => short(y)) };
}

/** Five digits are more than a screen shows. */
function short(value: number): number {
  return Number(value.toPrecision(5));
}
