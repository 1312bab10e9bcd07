/**
 * The module in Node: one of the two that come with the project (`machine/relaxed.ts`), on as many threads as there are
 * cores.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { usableCores } from "./machine/cores";
import type { LstmModule, Memory } from "./module";
import { initialPages, mostPages, openInstance, type Instantiate } from "./opened";
import { knowsRelaxedSimd } from "./machine/relaxed";
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
 * Whether the module with relaxed SIMD is the one for here: where Node can run it, and PALIMPSEST_RELAXED_SIMD=0 does
 * not leave it out.
 *
 * V8 11.3, in Node 20, has all of it and waits to be told; 11.4 took it for finished as it was. It may be told while it
 * runs, once and for all threads: V8 asks for this flag when it begins to compile a module, and the module keeps the
 * answer, for code that is compiled later and in whatever thread too.
 */
export function usesRelaxedSimd(): boolean {
  if (process.env.PALIMPSEST_RELAXED_SIMD === "0") return false;
  if (!knowsRelaxedSimd() && process.versions.v8.startsWith("11.3."))
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  return knowsRelaxedSimd();
}

export interface OpenOptions extends Scripts {
  /** Whether to run the module with relaxed SIMD (default: `usesRelaxedSimd()`). */
  readonly relaxed?: boolean;
}

/**
 * A new instance of the module, with a memory of its own.
 *
 * @param options also other files for its workers to run
 * @throws where this Node cannot run it
 */
export function openModule({ relaxed = usesRelaxedSimd(), ...scripts }: OpenOptions = {}): LstmModule {
  const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: Engine };
  // Not imported, because the kernel compiles what is.
  const { instantiate } = require(path.join(__dirname, "instance.cjs")) as { instantiate: Instantiate };
  const file = path.join(__dirname, relaxed ? "palimpsest-relaxed.wasm" : "palimpsest.wasm");
  const compiled = new engine.Module(readFileSync(file));
  const memory = new engine.Memory({ initial: initialPages, maximum: mostPages, shared: true });
  const helpers = (shared: Shared) => new Workers(shared, scripts);
  return openInstance({ compiled, memory, instantiate, helpers, threads: threadsHere }).module;
}
