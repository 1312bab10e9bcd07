/** Shows a search while it runs: its trials as parallel coordinates, and a line on the trial that is made. */
import { setImmediate } from "node:timers/promises";
import type { DatabaseEvent } from "../../train/search/answer";
import type { TrialResult } from "../../train/search/engine";
import type { SearchEvent } from "../../train/search/search";
import { bestOf, ranked, trialRows } from "../../train/search/trials-csv";
import { logLine } from "./log-line";
import { display, inNotebook, type MimeBundle } from "../notebook";
import { nats } from "../style/numbers";
import { Pace } from "../style/pace";
import { escapeHtml } from "../style/html";
import { SearchChart } from "./search-chart";
import { showTable } from "../table";

/**
 * Follows a search to its end, which an interrupt may bring about.
 *
 * @returns all trials that are done, the best first
 * @throws what the search throws; what was shown until then stays
 * @example const trials = await watchSearch(search(library, space, { folder: "data/searches/mine" }));
 */
export async function watchSearch(events: AsyncIterable<SearchEvent>): Promise<readonly TrialResult[]> {
  const trials: TrialResult[] = [];
  const chart = inNotebook() ? new SearchChart() : undefined;
  const line = display(lineBundle("The search begins …"));
  const pace = new Pace({ shortest: inNotebook() ? 250 : 10_000 });
  try {
    for await (const event of events) {
      if (event.type === "result") {
        trials.push(event);
        chart?.update(trials);
      }
      const words = inWords(event, trials);
      if (words === undefined) continue;
      if (event.type === "training") pace.run(() => line.update(lineBundle(words)));
      else line.update(lineBundle(words));
      // The kernel sends what is shown, and hears an interrupt, only between two macrotasks.
      await setImmediate();
    }
  } finally {
    chart?.end(trials);
  }
  return ranked(trials);
}

/** Shows trials as `trials.csv` has them, in a notebook or in a terminal. */
export function showTrials(trials: readonly TrialResult[]): void {
  const rows = trialRows(trials);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  showTable(rows, { columns: columns.filter((name) => name !== "error" || rows.some(({ error }) => error)) });
}

function inWords(event: SearchEvent, trials: readonly TrialResult[]): string | undefined {
  if (event.type === "trial") return `trial ${event.trial}: ${settings(event.params)}`;
  if (event.type === "result") return resultLine(event);
  if (event.type === "waiting") return `waiting for ${event.running} that others make`;
  if (event.type === "database") return databaseLine(event);
  if (event.type === "training")
    return event.event.type === "step" ? `trial ${event.trial}: ${logLine(event.event)}` : undefined;
  return `${event.reason} after ${trials.length} trials; ${inShort(trials)}`;
}

function inShort(trials: readonly TrialResult[]): string {
  const best = bestOf(trials);
  return best?.loss === null || best === undefined
    ? "none of them has a loss"
    : `the best is trial ${best.trial}: loss ${nats(best.loss)} with ${settings(best.params)}`;
}

/** @example "the database does not answer; trying again, 12 s: connection refused" */
function databaseLine({ answers, seconds, reason }: DatabaseEvent): string {
  const time = `${Math.round(seconds)} s`;
  return answers
    ? `the database answers again, after ${time}`
    : `the database does not answer; trying again, ${time}: ${reason}`;
}

const states = { complete: "done", pruned: "given up", failed: "failed" };

/** @example "trial 7: given up at iteration 120, loss 2.345" */
function resultLine({ trial, state, loss, iterations, error }: TrialResult): string {
  const reached = loss === null ? "" : `, loss ${nats(loss)}`;
  return `trial ${trial}: ${states[state]} at iteration ${iterations ?? 0}${reached}${error ? `: ${error}` : ""}`;
}

/** @example settings({ neurons: 128, learningRate: 0.0123456 }) // "neurons 128, learningRate 0.0123" */
function settings(params: TrialResult["params"]): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${typeof value === "number" ? Number(value.toPrecision(3)) : value}`)
    .join(", ");
}

function lineBundle(text: string): MimeBundle {
  return { "text/html": `<div>${escapeHtml(text)}</div>`, "text/plain": text };
}
