/**
 * Node's global objects, for the kernel's worker: cells and the library find them where Node.js has them. To be imported before
 * anything that names them.
 */
import { Buffer } from "node:buffer";
import { EventEmitter } from "node:events";
import { setImmediate as nextImmediate } from "node:timers/promises";
import { root } from "../root";

const random = () => crypto.getRandomValues(new Uint16Array(1))[0];

/** A stream of the worker, which the kernel captures (`setup/kernel/messages/streams.ts`). */
function stream() {
  return { write: (): boolean => true, isTTY: false, columns: 80 };
}

/** An interrupt is its event "SIGINT", as in Node.js. */
const process = Object.assign(new EventEmitter(), {
  arch: "wasm32",
  argv: ["palimpsest"],
  env: {} as Record<string, string | undefined>,
  execPath: "palimpsest",
  pid: 1 + random(),
  platform: "linux",
  stdin: {},
  stdout: stream(),
  stderr: stream(),
  /** tslab asks for it, to know what JavaScript is understood. */
  version: "v20.19.0",
  versions: {},
  chdir: () => undefined,
  cwd: () => root,
  emitWarning: (warning: unknown) => console.warn(warning),
  exit() {
    throw new Error(
      "`process.exit` would end the kernel, and all variables with it: " +
        "to stop a cell throw an error, to end the kernel use Jupyter's own menu",
    );
  },
  hrtime: Object.assign(
    () => [Math.floor(performance.now() / 1000), Math.floor((performance.now() % 1000) * 1e6)],
    { bigint: () => BigInt(Math.floor(performance.now() * 1e6)) },
  ),
  /** Signals reach this process only: there are no others. */
  kill(pid: number, signal: string | number) {
    if (pid !== process.pid) throw Object.assign(new Error(`no process ${pid}`), { code: "ESRCH" });
    if (signal !== 0) process.emit(String(signal), signal);
    return true;
  },
  memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  nextTick: (callback: (...given: unknown[]) => void, ...given: unknown[]) =>
    queueMicrotask(() => callback(...given)),
  umask: () => 0o22,
  uptime: () => performance.now() / 1000,
});

Object.assign(globalThis, {
  Buffer,
  global: globalThis,
  process,
  setImmediate: (callback: (...given: unknown[]) => void, ...given: unknown[]) =>
    void nextImmediate().then(() => callback(...given)),
  clearImmediate: () => undefined,
});
