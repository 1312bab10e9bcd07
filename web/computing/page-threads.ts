/**
 * The threads of the module in a page: workers that are there before the first operation, because a browser starts none
 * while one waits.
 */
import { ready, Threads, type Ending, type ThreadData } from "../../lib/network/lstm/wasm/threads";

/** The bundled `thread.ts`; `web/bundle.ts` puts it here. */
declare const threadScript: string;

/** Milliseconds in which all have to be there. */
const patience = 5000;

export class PageThreads extends Threads {
  private readonly script = URL.createObjectURL(new Blob([threadScript], { type: "text/javascript" }));

  /** Starts threads; where not all of them come up, there are none. */
  async begin(count: number): Promise<void> {
    this.renew(count);
    const until = performance.now() + patience;
    while (!this.flags.slice(1).every((flag) => flag === ready)) {
      if (this.hasDied || performance.now() > until) return this.end();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Where one has died, the rest computes on without any. */
  require(): void {
    if (this.hasDied) this.end();
  }

  protected open(threads: readonly ThreadData[], ended: (one: ThreadData) => void): readonly Ending[] {
    return threads.map((thread) => {
      const worker = new Worker(this.script);
      worker.onerror = () => ended(thread); // the browser's own, as where it starts no more
      worker.postMessage(thread);
      return worker;
    });
  }
}
