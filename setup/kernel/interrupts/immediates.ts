/**
 * Callbacks of `setImmediate` run as ticks. One that is broken off within Node's own round of immediates leaves that
 * round in disorder: Node would begin it again and again, and do nothing else (seen on Node 20 to 26).
 */
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";

export function runImmediatesAsTicks(): void {
  const { setImmediate } = timers;
  const asTick = <Given extends unknown[]>(callback: (...given: Given) => void, ...given: Given) =>
    setImmediate(() => process.nextTick(callback, ...given));
  // `promisify` finds by a property what it makes of it.
  globalThis.setImmediate = timers.setImmediate = Object.assign(asTick, setImmediate);
  syncBuiltinESMExports();
}
