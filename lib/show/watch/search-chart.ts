/**
 * The trials of a search as parallel coordinates that grow while a cell runs. As with `live-chart.ts`, a script beside the still
 * picture puts plotly.js in its place where it can: there one can draw along an axis and keep only the trials that cross it.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { TrialResult } from "../../train/search/engine";
import { ranked } from "../../train/search/trials-csv";
import { display, type Display } from "../notebook";
import { jsonInScript } from "../style/html";
import { count, nats } from "../style/numbers";
import { chartSize, grounds, paints } from "../chart/panel";
import { axisOf, parallelPicture, type ParallelChart } from "../chart/parallel-coordinates";

/** What the script in the page is told. */
export interface ParallelInPage extends ParallelChart {
  readonly size: typeof chartSize;
  readonly grounds: typeof grounds;
  readonly paints: typeof paints;
}

/** What a search has found so far, as a chart. */
export function searchChart(trials: readonly TrialResult[]): ParallelChart {
  const drawn = ranked(trials).filter(({ loss }) => loss !== null && Number.isFinite(loss));
  const names = [...new Set(drawn.flatMap(({ params }) => Object.keys(params)))];
  const valueOf = ({ params, loss }: TrialResult, name: string) =>
    name === lossName ? (loss ?? 0) : ((params as Record<string, string | number | boolean>)[name] ?? "");
  const axes = [...names, lossName].map((name) =>
    axisOf(
      name,
      drawn.map((trial) => valueOf(trial, name)),
    ),
  );
  return {
    title: `${count(drawn.length)} ${drawn.length === 1 ? "trial" : "trials"}`,
    axes: axes.map(({ axis }) => axis),
    lines: drawn.map((trial, index) => ({
      at: axes.map(({ axis, place }) => place(valueOf(trial, axis.name))),
      kind: trial.state === "pruned" ? "pruned" : index === 0 ? "best" : "complete",
    })),
    alternative: inWords(drawn),
  };
}

const lossName = "loss";

/** @example "12 trials, 4 of them given up. The best: loss 1.832 with neurons 128, layers 2" */
function inWords(drawn: readonly TrialResult[]): string {
  const [best] = drawn;
  if (!best) return "A search that has no trials yet";
  const pruned = drawn.filter(({ state }) => state === "pruned").length;
  const params = Object.entries(best.params).map(([name, value]) => {
    return `${name} ${typeof value === "number" ? Number(value.toPrecision(3)) : value}`;
  });
  return `${drawn.length} trials, ${pruned} of them given up. The best: loss ${nats(best.loss ?? NaN)} with ${params.join(", ")}`;
}

/**
 * @example
 * const live = new SearchChart();
 * live.update(trials);
 * live.end(trials);
 */
export class SearchChart {
  private readonly shown: Display = display(liveBundle(searchChart([])));

  update(trials: readonly TrialResult[]): void {
    this.shown.update(liveBundle(searchChart(trials)));
  }

  /** Shows the last state, as a still picture. */
  end(trials: readonly TrialResult[]): void {
    const chart = searchChart(trials);
    this.shown.update({ "text/html": parallelPicture(chart), "text/plain": chart.alternative });
  }
}

function liveBundle(chart: ParallelChart) {
  const inPage: ParallelInPage = { ...chart, size: chartSize, grounds, paints };
  const script =
    `{ const module = {}; ${chartScript} const show = module.exports; { ${figureScript} } ` +
    `show(document.currentScript, ${jsonInScript(inPage)}, module.exports); }`;
  return {
    "text/html": `<div>${parallelPicture(chart)}<script>${script}</script></div>`,
    "text/plain": chart.alternative,
  };
}

const chartScript = readFileSync(path.join(__dirname, "..", "chart", "chart-in-page.cjs"), "utf8");
const figureScript = readFileSync(path.join(__dirname, "..", "chart", "parallel-in-page.cjs"), "utf8");
