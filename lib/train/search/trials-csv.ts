/** The trials of a search in the order of their worth, and as a table in a file. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../base/files/atomic-write";
import type { TrialResult } from "./engine";

const states = ["complete", "pruned", "failed"];

/** The best first: those that ran to their end before those that were given up, and the lower loss before the higher. */
export function ranked(trials: readonly TrialResult[]): TrialResult[] {
  const worth = ({ state, loss }: TrialResult) => [states.indexOf(state), loss ?? Infinity];
  return [...trials].sort((a, b) => {
    const [[stateOfA, lossOfA], [stateOfB, lossOfB]] = [worth(a), worth(b)];
    if (stateOfA !== stateOfB) return stateOfA - stateOfB;
    return lossOfA < lossOfB ? -1 : lossOfA > lossOfB ? 1 : a.trial - b.trial;
  });
}

/** The best of trials; none where none has a loss. */
export function bestOf(trials: readonly TrialResult[]): TrialResult | undefined {
  return ranked(trials).find(
    ({ state, loss }) => state !== "failed" && loss !== null && Number.isFinite(loss),
  );
}

/** Trials as the rows of a table, with their params in columns of their own. One without a loss has no rank. */
export function trialRows(trials: readonly TrialResult[]) {
  return ranked(trials).map(({ trial, state, loss, iterations, seconds, weights, params, error }, index) => ({
    rank: loss === null ? undefined : index + 1,
    trial,
    state,
    loss,
    iterations,
    seconds: seconds === undefined ? undefined : Number(seconds.toFixed(1)),
    weights,
    ...params,
    error,
  }));
}

/** Writes `trials.csv` into the folder of a search: whole or not at all. */
export async function writeTrials(folder: string, trials: readonly TrialResult[]): Promise<void> {
  await writeWhole(path.join(folder, "trials.csv"), (part) => writeFile(part, trialsCsv(trials)));
}

export function trialsCsv(trials: readonly TrialResult[]): string {
  const rows: Record<string, unknown>[] = trialRows(trials);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => field(row[column])));
  return [columns, ...lines].map((line) => `${line.join(",")}\n`).join("");
}

/** As RFC 4180 has it. Words that a spreadsheet would compute stand behind an apostrophe (OWASP, "CSV injection"). */
function field(value: unknown): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
