/** Processes that take part in a search together, one of which is killed. */
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { parse } from "csv-parse/sync";
import type { SearchEvent } from "../../../lib/train/search/search";
import { manyTrials } from "./small";

export interface Worker {
  readonly child: ChildProcess;
  readonly events: SearchEvent[];
  /** Its exit code, null where it was killed. */
  readonly ended: Promise<number | null>;
}

/** Starts a process in a group of its own, with its engine. */
export function startWorker(folder: string, name: string, storage?: string): Worker {
  const script = path.join(__dirname, "worker.ts");
  const args = ["--require", "tsx/cjs", script, folder, name, ...(storage ? [storage] : [])];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], detached: true });
  const events: SearchEvent[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => events.push(JSON.parse(line) as SearchEvent));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, events, ended };
}

/** Waits until a worker trains. */
export async function training(worker: Worker): Promise<void> {
  while (!worker.events.some(({ type }) => type === "training")) {
    assert.equal(worker.child.exitCode, null, "it ended before it trained");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The trials that a worker has begun and not ended. */
export function open({ events }: Worker): number[] {
  const begun = events.flatMap((event) => (event.type === "trial" ? [event.trial] : []));
  const ended = new Set(events.flatMap((event) => (event.type === "result" ? [event.trial] : [])));
  return begun.filter((trial) => !ended.has(trial));
}

/** All trials are done, each once, in the words of the workers, in trials.csv and in their folders. */
export function assertDoneOnce(folder: string, survivors: readonly Worker[]): void {
  const all = Array.from({ length: manyTrials.trials ?? 0 }, (_, trial) => trial);
  const byNumber = (a: number, b: number) => a - b;
  for (const { events } of survivors) {
    const last = events[events.length - 1];
    assert.ok(last.type === "end" && last.reason === "finished");
    assert.deepEqual(last.trials.map(({ trial }) => trial).sort(byNumber), all);
    assert.ok(last.trials.every(({ state, iterations }) => state === "complete" && iterations === 200));
  }
  const rows = parse(fs.readFileSync(path.join(folder, "trials.csv")), { columns: true }) as {
    trial: string;
  }[];
  assert.deepEqual(rows.map(({ trial }) => Number(trial)).sort(byNumber), all);
  const folders = fs.readdirSync(folder).filter((name) => /trial-/.test(name));
  assert.deepEqual(
    folders.sort(),
    all.map((trial) => `trial-${String(trial).padStart(4, "0")}`),
  );
}
