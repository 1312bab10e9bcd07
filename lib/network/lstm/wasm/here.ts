/** The module in Node: `palimpsest.wasm`, which comes with the project, on as many threads as there are cores. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { usableCores } from "./cores";
import { LstmModule, type Exports, type Memory } from "./module";
import { Workers, type WorkersOptions } from "./workers";

/** WebAssembly as far as it is used here; Node's own types do not know it. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => unknown;
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => Memory;
}

type Instantiate = (compiled: unknown, memory: Memory, check: () => void) => Exports;

/** In pages of 64 KB: what there is at first, and what the module can use at most. The latter is reserved, not taken. */
const [initialPages, mostPages] = [64, 65535];

/** How many threads work: PALIMPSEST_THREADS, or one for each core that the process may use. */
export function threadsHere(): number {
  const wanted = process.env.PALIMPSEST_THREADS;
  return wanted === undefined ? usableCores() : Math.max(1, Math.trunc(Number(wanted)) || 1);
}

/**
 * A new instance of the module, with a memory of its own.
 *
 * @param options.script the file that a worker runs; `worker.cjs`
 * @param options.overseer the file that starts the workers; `overseer.cjs`
 * @throws where this Node cannot run it
 */
export function openModule(options: Pick<WorkersOptions, "script" | "overseer"> = {}): LstmModule {
  const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: Engine };
  // Not imported, because the kernel compiles what is.
  const { instantiate } = require(path.join(__dirname, "instance.cjs")) as { instantiate: Instantiate };
  const compiled = new engine.Module(readFileSync(path.join(__dirname, "palimpsest.wasm")));
  const memory = new engine.Memory({ initial: initialPages, maximum: mostPages, shared: true });
  const exports: Exports = instantiate(compiled, memory, () => workers.check());
  exports._initialize();
  const workers = new Workers({ compiled, memory, exports, ...options });
  return new LstmModule(memory, exports, workers, threadsHere);
}
