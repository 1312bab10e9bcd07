/** Starts the kernel: tslab's parts and what is added to them, put together. */
import { Cells } from "./cells";
import { endProcess, refuseExit } from "./exit";
import { runImmediatesAsTicks } from "./immediates";
import { reportThrown } from "./report";
import { leaveSeam } from "./seam";
import { Server } from "./server";
import { translateStackTraces } from "./stack";
import { KeyboardInterrupt } from "./stops";
import { attempt } from "./text";

/** @param connectionFile the path of Jupyter's connection file */
export function startKernel(connectionFile: string): void {
  translateStackTraces();
  runImmediatesAsTicks();
  const server = new Server(new Cells(), connectionFile);
  leaveSeam(server);
  for (const event of ["uncaughtException", "unhandledRejection"]) process.on(event, tellUncaught);
  refuseExit();
  endWithJupyter();
  server.init().catch((error) => {
    console.error(error);
    endProcess(1);
  });
}

/** An error that nobody caught is told where the cells print, and ends nothing. */
function tellUncaught(thrown: unknown): void {
  if (attempt(() => thrown instanceof KeyboardInterrupt)) return; // its cell has told it
  console.error(`Uncaught ${reportThrown(thrown).traceback.join("\n")}`);
}

/** A kernel whose Jupyter was killed would go on for ever, with all that its cells have started. */
function endWithJupyter(): void {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || endProcess(1), 1000).unref();
}
