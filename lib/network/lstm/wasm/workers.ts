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
}

/** The workers of a module. They do not keep the process alive. */
export class Workers {
  private workers: Worker[] = [];
  /** The first word: whether one has died; then one for each. Those of new workers are others. */
  private flags = new Int32Array(new SharedArrayBuffer(4));

  constructor(private readonly options: WorkersOptions) {}

  get count(): number {
    return this.workers.length;
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
    for (let index = 1; index <= count; index++) {
      try {
        this.start(index);
        this.awaitStart(index);
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
  }

  /** Ends all, and waits for them to be out of the module, which others are to enter. */
  end(): void {
    const { workers, flags } = this;
    Atomics.store(flags, 0, 1); // which they see when they wake
    for (const index of workers.keys()) Atomics.wait(flags, index + 1, ready, patience);
    this.workers = [];
    this.flags = new Int32Array(new SharedArrayBuffer(4));
    for (const worker of workers) void worker.terminate();
  }

  private awaitStart(index: number): void {
    Atomics.wait(this.flags, index, 0, patience);
    if (Atomics.load(this.flags, index) !== ready) throw new Error("it ended at once");
  }

  private start(index: number): void {
    const { compiled, memory, exports, script = path.join(__dirname, "worker.cjs") } = this.options;
    const { flags } = this;
    const stack = exports.allocate(stackBytes) >>> 0;
    const local = exports.allocate(exports.__tls_size.value) >>> 0;
    const worker = new Worker(script, {
      workerData: {
        ...{ compiled, memory, index, local, flags: flags.buffer },
        stack: stack + stackBytes,
        seen: exports.roundNow(),
      },
      execArgv: [],
    });
    this.workers.push(worker);
    worker.unref();
    worker.on("error", () => undefined); // of Node itself; see `worker.cjs`
    worker.on("exit", () => {
      Atomics.store(flags, 0, 1);
      Atomics.store(flags, index, dead);
      exports.release(stack);
      exports.release(local);
    });
  }
}
