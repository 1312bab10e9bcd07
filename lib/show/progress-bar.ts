/** Progress of something that takes long, in one place that is rewritten until a short word remains of it. */
import type { OnProgress, Progress } from "../base/progress";
import { notebookBar } from "./progress/in-notebook";
import { type Terminal, terminalBar } from "./progress/in-terminal";
import { isDone } from "./progress/line";
import { inNotebook } from "./notebook";
import { Pace } from "./style/pace";

/**
 * A bar for whatever reports progress. Reports with different labels may come at the same time, as with several
 * downloads; the bar appears with the first report.
 *
 * @param terminal where it is written outside a notebook; the standard error output, so that results can be piped
 * @example await TextLibrary.open([{ gutenberg: 1342 }], { onProgress: progressBar() })
 */
export function progressBar(terminal: Terminal = process.stderr): OnProgress {
  const reports = new Map<string, Progress>();
  const pace = new Pace({ shortest: 250 });
  const show = inNotebook() ? notebookBar() : terminalBar(terminal);
  return (progress) => {
    const before = reports.get(progress.label);
    if (before && isDone(before) && isDone(progress)) return;
    reports.set(progress.label, progress);
    const draw = () => show([...reports.values()], progress);
    if (isDone(progress)) draw();
    else pace.run(draw);
  };
}
