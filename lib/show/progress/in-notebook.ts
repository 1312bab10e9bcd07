/** Progress below a cell of a notebook, in one place that is rewritten. */
import type { Progress } from "../../base/progress";
import { isDone, progressLine } from "./line";
import { escapeHtml } from "../style/html";
import { display, type Display } from "../notebook";

/** Shows all reports. */
export function notebookBar(): (reports: readonly Progress[]) => void {
  let shown: Display | undefined;
  return (reports) => {
    const done = doneLine(reports.filter(isDone));
    const running = reports.filter((progress) => !isDone(progress));
    const bundle = {
      "text/html": [...done.map(escapeHtml), ...running.map(runningHtml)]
        .map((line) => `<div>${line}</div>`)
        .join(""),
      "text/plain": [...done, ...running.map(progressLine)].join("\n"),
    };
    if (shown) shown.update(bundle);
    else shown = display(bundle);
  };
}

/** What is done in one line, of many the last few; none where nothing is done. */
function doneLine(done: readonly Progress[]): string[] {
  if (!done.length) return [];
  const last = done.slice(-4).map(progressLine);
  const earlier = done.length - last.length;
  return [`✓ ${[...(earlier ? [`${earlier} done before`] : []), ...last].join(" · ")}`];
}

function runningHtml(progress: Progress): string {
  const { label, done, total } = progress;
  const bar = `<progress value="${done}" max="${total}" title="${escapeHtml(label)}" style="width:12em"></progress> `;
  return (total ? bar : "") + escapeHtml(progressLine(progress));
}
