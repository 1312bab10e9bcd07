/** A work that Ctrl-C, SIGTERM or a reader who goes away ends in good order. */
import { interruptible } from "../lib/train/interrupt";
import { exitCodes, Stopped } from "./exit-codes";
import { whenClosed } from "./output";

/**
 * Runs `work` with a signal that is aborted where it has to end.
 *
 * @throws Stopped with the exit code, once the work has ended after that
 */
export async function stoppable<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  return interruptible(async (interrupt) => {
    const stop = new AbortController();
    let exitCode: number = exitCodes.interrupted;
    const end = (code: number) => () => {
      if (!stop.signal.aborted) exitCode = code;
      stop.abort();
    };
    const terminate = end(exitCodes.terminated);
    interrupt.signal.addEventListener("abort", end(exitCodes.interrupted));
    process.on("SIGTERM", terminate);
    whenClosed(end(exitCodes.outputClosed));
    try {
      const result = await work(stop.signal);
      if (stop.signal.aborted) throw new Stopped(exitCode);
      return result;
    } finally {
      process.removeListener("SIGTERM", terminate);
    }
  });
}
