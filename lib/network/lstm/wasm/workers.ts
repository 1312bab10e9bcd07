/** The threads of the module in Node: workers that are started when they are first needed and sleep between operations. */
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Exports, Memory } from "./module";

/** What a worker says of itself in its word of the flags; 0 until then. As in `worker.cjs`. */
const [ready, dead] = [1, 2];

/** Milliseconds that a worker may take to start, and all of them to end once one has died. */
const patience = 30_000;

const stackBytes = 1 << 19;

export interface WorkersOptions {
  readonly compiled: unknown;
  readonly memory: Memory;
  readonly exports: Exports;
  /** The file that a worker runs; `worker.cjs`. */
  readonly script?: string;
  /** The file that starts the workers; `overseer.cjs`. */
  readonly overseer?: string;
}

/** The workers of a module. They do not keep the process alive. */
export class Workers {
  /** Starts the others, and sees them end. */
  private overseer: Worker | undefined;
  /** The first word: whether one has died; then one for each. Those of new workers are others. */
  private flags = new Int32Array(new SharedArrayBuffer(4));

  constructor(private readonly options: WorkersOptions) {}

  get count(): number {
    return this.flags.length - 1;
  }

  /** @throws where a worker has died */
  readonly check = (): void => {
    if (Atomics.load(this.flags, 0)) {
      throw new Error(
        "A thread of the computation has died: the step is lost, and the next one starts others",
      );
    }
  };

  /**
   * Sees to it that there are at least so many, all of them alive.
   *
   * @throws where one does not start
   */
  require(count: number): void {
    if (Atomics.load(this.flags, 0)) this.end();
    if (this.count >= count) return;
    this.end();
    this.flags = new Int32Array(new SharedArrayBuffer(4 * (count + 1)));
    let index = 1;
    try {
      this.start(count);
      for (; index <= count; index++) this.awaitStart(index);
    } catch (error) {
      this.end();
      const words = error instanceof Error ? error.message : String(error);
      throw new Error(
        `Expected thread ${index + 1} to start, and the system says: ${words}; with PALIMPSEST_THREADS=${index} in ` +
          "the environment no more than those that run are needed",
        { cause: error },
      );
    }
  }

  /** Ends all, and waits for them to be out of the module, which others are to enter. */
  end(): void {
    const { overseer, flags, count } = this;
    Atomics.store(flags, 0, 1); // which they see when they wake
    for (let index = 1; index <= count; index++) Atomics.wait(flags, index, ready, patience);
    this.overseer = undefined;
    this.flags = new Int32Array(new SharedArrayBuffer(4));
    void overseer?.terminate(); // and with it the workers
  }

  private awaitStart(index: number): void {
    Atomics.wait(this.flags, index, 0, patience);
    if (Atomics.load(this.flags, index) !== ready) throw new Error("it ended at once");
  }

  private start(count: number): void {
    const { compiled, memory, exports } = this.options;
    const { script = path.join(__dirname, "worker.cjs"), overseer = path.join(__dirname, "overseer.cjs") } =
      this.options;
    const { flags } = this;
    const seen = exports.roundNow();
    const threads = Array.from({ length: count }, (_, before) => ({
      index: before + 1,
      stack: (exports.allocate(stackBytes) >>> 0) + stackBytes,
      local: exports.allocate(exports.__tls_size.value) >>> 0,
    }));
    this.overseer = new Worker(overseer, {
      workerData: { script, shared: { compiled, memory, seen }, flags: flags.buffer, threads },
      execArgv: [],
    });
    this.overseer.unref();
    this.overseer.on("error", () => undefined); // of Node itself
    this.overseer.on("exit", () => {
      flags.fill(dead);
      for (const { stack, local } of threads) {
        exports.release(stack - stackBytes);
        exports.release(local);
      }
    });
  }
}
