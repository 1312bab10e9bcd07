/** The threads of the module in Node: workers that are started when they are first needed and sleep between operations. */
import path from "node:path";
import { Worker } from "node:worker_threads";
import { patience, ready, Threads, type Ending, type Shared, type ThreadData } from "./threads";

export interface Scripts {
  /** The file that a worker runs; `worker.cjs`. */
  readonly script?: string;
  /** The file that starts the workers; `overseer.cjs`. */
  readonly overseer?: string;
}

/** The workers of a module. They do not keep the process alive. */
export class Workers extends Threads {
  constructor(
    shared: Shared,
    private readonly scripts: Scripts = {},
  ) {
    super(shared);
  }

  /**
   * Sees to it that there are at least so many, all of them alive.
   *
   * @throws where one does not start
   */
  require(count: number): void {
    if (this.hasDied) this.end();
    if (this.count >= count) return;
    let index = 1;
    try {
      this.renew(count);
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

  private awaitStart(index: number): void {
    Atomics.wait(this.flags, index, 0, patience);
    if (Atomics.load(this.flags, index) !== ready) throw new Error("it ended at once");
  }

  /** The overseer starts them, and sees them end. */
  protected open(threads: readonly ThreadData[], ended: (one: ThreadData) => void): readonly Ending[] {
    const { script = path.join(__dirname, "worker.cjs"), overseer = path.join(__dirname, "overseer.cjs") } =
      this.scripts;
    const worker = new Worker(overseer, { workerData: { script, threads }, execArgv: [] });
    worker.unref();
    worker.on("error", () => undefined); // of Node itself
    worker.on("exit", () => threads.forEach(ended));
    return [worker];
  }
}
