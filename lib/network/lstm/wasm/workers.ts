/** The threads of the module in Node: workers that are started when they are first needed and sleep between operations. */
import path from "node:path";
import { Worker } from "node:worker_threads";
import { patience, ready, Threads, type Shared, type Thread, type ThreadData } from "./threads";

/** The workers of a module. They do not keep the process alive. */
export class Workers extends Threads {
  /** @param script the file that a worker runs; `worker.cjs` */
  constructor(
    shared: Shared,
    private readonly script = path.join(__dirname, "worker.cjs"),
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
    this.renew(count);
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

  private awaitStart(index: number): void {
    Atomics.wait(this.flags, index, 0, patience);
    if (Atomics.load(this.flags, index) !== ready) throw new Error("it ended at once");
  }

  protected open(data: ThreadData, ended: () => void): Thread {
    const worker = new Worker(this.script, { workerData: data, execArgv: [] });
    worker.unref();
    worker.on("error", () => undefined); // of Node itself; see `thread.cjs`
    worker.on("exit", ended);
    return worker;
  }
}
