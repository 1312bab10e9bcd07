/** The module in Node: `palimpsest.wasm`, which comes with the project, on as many threads as there are cores. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { usableCores } from "./cores";
import type { LstmModule, Memory } from "./module";
import { initialPages, mostPages, openInstance, type Instantiate } from "./opened";
import type { Shared } from "./threads";
import { Workers, type Scripts } from "./workers";

/** WebAssembly as far as it is used here; Node's own types do not know it. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => unknown;
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => Memory;
}

/** How many threads work: PALIMPSEST_THREADS, or one for each core that the process may use. */
export function threadsHere(): number {
  const wanted = process.env.PALIMPSEST_THREADS;
  return wanted === undefined ? usableCores() : Math.max(1, Math.trunc(Number(wanted)) || 1);
}

/**
 * A new instance of the module, with a memory of its own.
 *
 * @param scripts other files for its workers to run
 * @throws where this Node cannot run it
 */
export function openModule(scripts: Scripts = {}): LstmModule {
  const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: Engine };
  // Not imported, because the kernel compiles what is.
  const { instantiate } = require(path.join(__dirname, "instance.cjs")) as { instantiate: Instantiate };
  const compiled = new engine.Module(readFileSync(path.join(__dirname, "palimpsest.wasm")));
  const memory = new engine.Memory({ initial: initialPages, maximum: mostPages, shared: true });
  const helpers = (shared: Shared) => new Workers(shared, scripts);
  return openInstance({ compiled, memory, instantiate, helpers, threads: threadsHere }).module;
}
