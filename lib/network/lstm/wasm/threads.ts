/** The threads beside the one that calls, whatever they run in: workers of Node (`workers.ts`) or of a page (`web/stand-ins/threads.ts`). */
import type { Exports, Helpers, Memory } from "./module";

/** What a thread says of itself in its word of the flags; 0 until then. As in `thread.cjs`. */
export const [ready, dead] = [1, 2];

/** Milliseconds that a thread may take to start, and all of them to end once one has died. */
export const patience = 30_000;

const stackBytes = 1 << 19;

/** What the threads of a module share. */
export interface Shared {
  readonly compiled: unknown;
  readonly memory: Memory;
  readonly exports: Exports;
}

/** What a thread is given: what it computes, and its own place in it. */
export interface ThreadData {
  readonly compiled: unknown;
  readonly memory: Memory;
  readonly flags: ArrayBufferLike;
  /** From 1 on. */
  readonly index: number;
  /** The end of its stack, from which it grows down. */
  readonly stack: number;
  /** Where its thread-local variables lie. */
  readonly local: number;
  /** The rounds that it need not work in. */
  readonly seen: number;
}

export interface Thread {
  terminate(): unknown;
}

export abstract class Threads implements Helpers {
  private threads: Thread[] = [];
  /** The first word: whether one has died; then one for each. Those of new threads are others. */
  protected flags = new Int32Array(new SharedArrayBuffer(4));

  constructor(private readonly shared: Shared) {}

  get count(): number {
    return this.threads.length;
  }

  abstract require(count: number): void;

  /**
   * Opens what a thread runs in, which lets it serve.
   *
   * @param ended to be called once it is no more
   */
  protected abstract open(data: ThreadData, ended: () => void): Thread;

  protected get hasDied(): boolean {
    return Atomics.load(this.flags, 0) !== 0;
  }

  /** @throws where a thread has died */
  readonly check = (): void => {
    if (this.hasDied)
      throw new Error("A thread of the computation has died: the step is lost, and the next one begins anew");
  };

  /** Ends all, and waits for them to be out of the module, which others are to enter. */
  end(): void {
    const { threads, flags } = this;
    Atomics.store(flags, 0, 1); // which they see when they wake
    for (const index of threads.keys()) Atomics.wait(flags, index + 1, ready, patience);
    this.threads = [];
    this.flags = new Int32Array(new SharedArrayBuffer(4));
    for (const thread of threads) void thread.terminate();
  }

  /** Ends those that there are, and makes room for the flags of others. */
  protected renew(count: number): void {
    this.end();
    this.flags = new Int32Array(new SharedArrayBuffer(4 * (count + 1)));
  }

  /** Starts the thread with a number, from 1 on; it serves once its flag is `ready`. */
  protected start(index: number): void {
    const { compiled, memory, exports } = this.shared;
    const { flags } = this;
    const stack = exports.allocate(stackBytes) >>> 0;
    const local = exports.allocate(exports.__tls_size.value) >>> 0;
    const data: ThreadData = {
      ...{ compiled, memory, index, local, flags: flags.buffer },
      stack: stack + stackBytes,
      seen: exports.roundNow(),
    };
    const thread = this.open(data, () => {
      Atomics.store(flags, 0, 1);
      Atomics.store(flags, index, dead);
      exports.release(stack);
      exports.release(local);
    });
    this.threads.push(thread);
  }
}
