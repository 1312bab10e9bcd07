/** Starts the kernel: tslab's parts and what is added to them, put together. */
import { Cells } from "./cells";
import { endProcess, refuseExit } from "./interrupts/exit";
import { runImmediatesAsTicks } from "./interrupts/immediates";
import { reportThrown } from "./messages/report";
import { leaveSeam } from "./seam";
import { Server } from "./messages/server";
import { translateStackTraces } from "./messages/stack";
import { KeyboardInterrupt } from "./interrupts/stops";
import { attempt } from "./messages/text";

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
