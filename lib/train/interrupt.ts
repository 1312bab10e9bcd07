/**
 * Turns an interrupt (Jupyter's stop button, Ctrl-C) into a flag, so that a long work ends in good order and the cell
 * that called it ends normally and keeps its variables. Works in the kernel and in a terminal alike.
 */
import { setImmediate } from "node:timers/promises";

export interface Interrupt {
  /** Whether an interrupt has come since. */
  readonly requested: boolean;
  /** Aborted by the interrupt, for what takes a signal: `fetch`, timers, child processes. */
  readonly signal: AbortSignal;
  /** Gives the interrupt back to those who listened before. */
  release(): void;
}

/** So many interrupts end a work that does not look at its flag: the last is for those who listened before. */
const patience = 3;

const works = new Set<AbortController>();
const others = new Set<NodeJS.SignalsListener>();
let interrupts = 0;

/**
 * Takes the interrupt over until `release`; several works may hold it at once, one inside another or side by side,
 * and an interrupt is told to all of them.
 *
 * @example
 * const interrupt = await takeInterrupt();
 * try { while (!interrupt.requested) await work(); } finally { interrupt.release(); }
 */
export async function takeInterrupt(): Promise<Interrupt> {
  // A kernel of tslab's own runs the head of a cell, up to its first await, under vm's `breakOnSigint`, which hides the
  // listeners and brings them back afterwards: leave that stretch before touching them.
  await setImmediate();
  const work = new AbortController();
  interrupts = 0;
  works.add(work);
  silenceOthers();
  return {
    get requested() {
      return work.signal.aborted;
    },
    signal: work.signal,
    release() {
      if (works.delete(work) && works.size === 0) restoreOthers();
    },
  };
}

/**
 * Runs `body` with interrupts turned into a flag, and gives them back however it ends.
 *
 * @example await interruptible(async (interrupt) => { while (!interrupt.requested) await work(); });
 */
export async function interruptible<Result>(
  body: (interrupt: Interrupt) => Promise<Result>,
): Promise<Result> {
  const interrupt = await takeInterrupt();
  try {
    return await body(interrupt);
  } finally {
    interrupt.release();
  }
}

function onInterrupt(): void {
  interrupts++;
  if (interrupts < patience) {
    for (const work of works) work.abort();
  } else {
    restoreOthers();
    process.kill(process.pid, "SIGINT");
  }
}

function silenceOthers(): void {
  const listening = process.rawListeners("SIGINT") as NodeJS.SignalsListener[];
  // Before the others go, and for good: without any listener an interrupt would end the process, or be lost on its way.
  if (!listening.includes(onInterrupt)) process.on("SIGINT", onInterrupt);
  for (const listener of listening.filter((one) => one !== onInterrupt)) {
    others.add(listener);
    process.removeListener("SIGINT", listener);
  }
}

function restoreOthers(): void {
  for (const listener of others) {
    if (!process.rawListeners("SIGINT").includes(listener)) process.on("SIGINT", listener);
  }
  others.clear();
  process.removeListener("SIGINT", onInterrupt);
}
