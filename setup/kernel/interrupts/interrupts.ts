/**
 * Interrupts, heard by a thread of their own (`hear.cjs`) and told to the listeners of SIGINT as Node would tell them.
 * Code that never comes to an end is broken off where it stands, so that they can be told.
 *
 * Broken off, code runs no `finally` and its promises are never settled: it is done only where nothing else helps, and
 * never within the kernel's own work. Node then takes its stack of asynchronous calls for damaged and would end the
 * process, but for the option `--no-force-async-hooks-checks`.
 */
import { once, type EventEmitter } from "node:events";
import { Session } from "node:inspector";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { stops, type Run } from "./stops";

/** A moment, by the clock that requests are stamped with and by one that never jumps. */
export interface Moment {
  readonly date: number;
  readonly time: number;
}

/** What the two threads share: where each number stands. */
const places = { delivered: 0, changes: 1, ending: 2, left: 3 };

/** Milliseconds that an interrupt waits for code to come to its next await, and for a work that ends in good order. */
const patience = { code: 100, work: 10_000 };

/** All of the kernel itself. */
const kernelFolder = path.dirname(__dirname);
const stopsFile = path.join(__dirname, "stops.ts");

/** Files whose work is not broken off: a message half sent would be worse than a wait. */
const kernelFiles = [kernelFolder, ...["tslab", "@tslab", "zeromq"].map((name) => `/node_modules/${name}/`)];

/**
 * @param onInterrupt listens for SIGINT as long as no work of a cell has taken the interrupt over
 *   (`lib/train/interrupt.ts`), and is told in any case where code was broken off: who waits for it waits in vain
 * @param onHeard is told of every interrupt first, whoever has taken it over, and when it came
 * @returns when interrupts are heard
 */
export async function hearInterrupts(
  onInterrupt: () => void,
  onHeard: (moment: Moment) => void,
): Promise<void> {
  listen(onInterrupt);
  // The last listener stays: without any, Node would have SIGINT end the process.
  (process as EventEmitter).prependListener("removeListener", (event) => {
    if (event === "SIGINT" && process.listenerCount("SIGINT") === 0) process.on("SIGINT", onInterrupt);
  });

  const memory = new SharedArrayBuffer(4 * Object.keys(places).length);
  const shared = new Int32Array(memory);
  const worker = new Worker(path.join(__dirname, "hear.cjs"), {
    workerData: { memory, places },
    execArgv: [],
  });
  const wake = () => {
    Atomics.add(shared, places.changes, 1);
    Atomics.notify(shared, places.changes);
  };

  const breaker = new Session();
  breaker.connect();
  let broken = false;
  let asked: Run | undefined;
  // Called in the midst of anything, so it does next to nothing.
  const lookAtInterrupt = (heard: number, waited: number) => {
    const pending = heard - Atomics.load(shared, places.delivered);
    if (pending === 0) return;
    const isTaken = !process.listeners("SIGINT").includes(onInterrupt);
    if (!isTaken && !asked && !stops.run.isOver) {
      asked = stops.run;
      asked.interrupted = true; // seen before the cell begins, and at its next await
    }
    if (waited < patience.code || (isTaken && pending === 1 && waited < patience.work) || !isWithinCell())
      return;
    broken = true;
    breaker.post("Runtime.terminateExecution");
  };
  Object.assign(globalThis, { [Symbol.for("palimpsest.interrupt")]: lookAtInterrupt });

  await once(worker, "message");
  worker.on("message", ({ count, date, time }: Moment & { count: number }) => {
    Atomics.store(shared, places.delivered, count);
    wake();
    onHeard({ date, time: time - performance.timeOrigin });
    if (broken) onInterrupt();
    else if (!asked?.isOver) process.emit("SIGINT", "SIGINT"); // else it has ended its cell already
    broken = false;
    asked = undefined;
  });
  worker.unref();
  process.on("exit", () => {
    breaker.disconnect();
    Atomics.store(shared, places.ending, 1);
    wake();
    Atomics.wait(shared, places.left, 0, 200); // Node would tell that it waits for the inspector
  });
}

/** Again before each cell: a work that holds the interrupt may have been left midway, as a generator can be. */
export function listen(onInterrupt: () => void): void {
  if (!process.listeners("SIGINT").includes(onInterrupt)) process.on("SIGINT", onInterrupt);
}

/** Whether the code that runs is a cell's, or was called by one, and is not within the kernel's own work for it. */
function isWithinCell(): boolean {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = 1000;
  Error.prepareStackTrace = (_error, sites) => sites.map((site) => site.getFileName() ?? "");
  const files = new Error().stack as unknown as string[];
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  const innermost = files.find((file) => !isBetween(file));
  return innermost !== undefined && !kernelFiles.some((name) => innermost.includes(name));
}

/** Node's own code, and what both the kernel and cells call. */
function isBetween(file: string): boolean {
  return file === "" || file === __filename || file.startsWith("node:") || file === stopsFile;
}
