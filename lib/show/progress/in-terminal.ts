/** Progress in a terminal, in one line that is rewritten. */
import type { Progress } from "../../base/progress";
import { isDone, progressLine } from "./line";

/** Where a terminal's bar is written. */
export interface Terminal {
  /** Whether a line can be rewritten. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Shows all reports, of which `latest` is the newest: one line that is rewritten, and one that stays for each label
 * that is done.
 */
export function terminalBar(terminal: Terminal): (reports: readonly Progress[], latest: Progress) => void {
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
