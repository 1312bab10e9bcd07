/** One instance of the module with a memory of its own, in Node (`here.ts`) or in a page (`web/stand-ins/opened-in-page.ts`). */
import { LstmModule, type Exports, type Helpers, type Memory } from "./module";
import type { Shared } from "./threads";

/** As `instance.cjs` has it. */
export type Instantiate = (compiled: unknown, memory: Memory, check: () => void) => Exports;

/** In pages of 64 KB: what there is at first, and what the module can use at most. The latter is reserved, not taken. */
export const [initialPages, mostPages] = [64, 65535];

/** The threads beside the one that calls, with what throws where one of them has died. */
export interface CheckedHelpers extends Helpers {
  check(): void;
}

/** Where the thread that calls may have no others. */
export const alone: CheckedHelpers = {
  count: 0,
  require: () => undefined,
  check: () => undefined,
  end: () => undefined,
};

/**
 * @param options.compiled the module's `WebAssembly.Module`
 * @param options.helpers makes the threads beside the one that calls
 * @param options.threads how many are to work, told anew at each call
 */
export function openInstance<Made extends CheckedHelpers>({
  compiled,
  memory,
  instantiate,
  helpers: make,
  threads,
}: {
  readonly compiled: unknown;
  readonly memory: Memory;
  readonly instantiate: Instantiate;
  readonly helpers: (shared: Shared) => Made;
  readonly threads: (helpers: Made) => number;
}): { readonly module: LstmModule; readonly helpers: Made } {
  const exports: Exports = instantiate(compiled, memory, () => helpers.check());
  exports._initialize();
  const helpers = make({ compiled, memory, exports });
  return { module: new LstmModule(memory, exports, helpers, () => threads(helpers)), helpers };
}
