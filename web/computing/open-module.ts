/** The module in a page: on several threads where the page is isolated from others, so that it may share memory, else on one. */
import { gunzipSync } from "fflate";
import { instantiate } from "../../lib/network/lstm/wasm/instance.cjs";
import type { LstmModule, Memory } from "../../lib/network/lstm/wasm/module";
import {
  alone,
  initialPages,
  mostPages,
  openInstance,
  type Instantiate,
} from "../../lib/network/lstm/wasm/opened";
import plain from "../../lib/network/lstm/wasm/palimpsest.wasm";
import relaxed from "../../lib/network/lstm/wasm/palimpsest-relaxed.wasm";
import { knowsRelaxedSimd } from "../../lib/network/lstm/wasm/machine/relaxed";
import { PageThreads } from "./page-threads";

export interface OpenModule {
  readonly module: LstmModule;
  /** How many threads work: fewer, once one has died. */
  threads(): number;
}

/**
 * @throws where this browser cannot run it
 */
export async function openModule(): Promise<OpenModule> {
  const opened = openInstance({
    compiled: new WebAssembly.Module(gunzipSync(knowsRelaxedSimd() ? relaxed : plain)),
    memory: reserve(),
    instantiate: instantiate as Instantiate,
    helpers: (shared) => (crossOriginIsolated ? new PageThreads(shared) : alone),
    threads: ({ count }) => 1 + count,
  });
  const { module, helpers } = opened;
  if (helpers instanceof PageThreads) await helpers.begin(wantedThreads(navigator.hardwareConcurrency) - 1);
  return { module, threads: () => 1 + helpers.count };
}

/**
 * A browser tells of hardware threads, of which mostly two share a core, or half are slow ones; it is a core that one of ours
 * keeps busy.
 *
 * @example wantedThreads(2) // 2
 * @example wantedThreads(8) // 4
 */
export function wantedThreads(hardwareThreads = 1): number {
  return Math.max(Math.min(2, hardwareThreads), Math.floor(hardwareThreads / 2));
}

/** As much memory as the browser reserves: a telephone's reserves less than the module could use. */
function reserve(): Memory {
  for (let maximum = mostPages; ; maximum = Math.floor(maximum / 2)) {
    try {
      return new WebAssembly.Memory({ initial: initialPages, maximum, shared: true }) as unknown as Memory;
    } catch (error) {
      if (maximum / 2 < leastPages) throw error;
    }
  }
}

/** 256 MB: large enough for the networks that a page is made of. */
const leastPages = 4096;
