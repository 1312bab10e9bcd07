/** Progress of something that takes long, in one place that is rewritten until a short word remains of it. */
import type { OnProgress, Progress } from "../base/progress";
import { escapeHtml } from "./style/html";
import { display, inNotebook, type Display } from "./notebook";
import { count } from "./style/numbers";
import { Pace } from "./style/pace";

/** Where a terminal's bar is written. */
export interface Terminal {
  /** Whether a line can be rewritten. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

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

/** Shows all reports, of which `latest` is the newest. */
type Show = (reports: readonly Progress[], latest: Progress) => void;

function notebookBar(): Show {
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

/** One line that is rewritten, and one that stays for each label that is done. */
function terminalBar(terminal: Terminal): Show {
  return (reports, latest) => {
    const rewrite = terminal.isTTY ? "\r\x1b[2K" : "";
    if (isDone(latest)) terminal.write(`${rewrite}✓ ${progressLine(latest)}\n`);
    else if (terminal.isTTY) {
      const others = reports.filter((progress) => !isDone(progress)).length - 1;
      const line = `${bar(latest)}${progressLine(latest)}${others > 0 ? ` and ${others} more` : ""}`;
      terminal.write(rewrite + line.slice(0, (terminal.columns ?? 80) - 1));
    }
  };
}

function bar({ done, total }: Progress): string {
  if (!total) return "";
  const filled = Math.round((20 * done) / total);
  return `${"━".repeat(filled)}${"─".repeat(20 - filled)} `;
}

/**
 * @example progressLine({ label: "Book 1342", done: 250_000, total: 1_000_000, unit: "bytes" }) // "Book 1342: 0.3 of 1.0 MB"
 * @example progressLine({ label: "Books", done: 2, total: 2, unit: "books" }) // "Books: 2 books"
 */
export function progressLine({ label, done, total, unit }: Progress): string {
  const [amount, of] = unit === "bytes" ? [megabytes, "MB"] : [count, unit];
  return total !== undefined && done < total
    ? `${label}: ${amount(done)} of ${amount(total)} ${of}`
    : `${label}: ${amount(done)} ${of}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function isDone({ done, total }: Progress): boolean {
  return total !== undefined && done >= total;
}
