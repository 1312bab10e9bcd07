/**
 * The threads beside the one that calls, whatever they run in: workers of Node (`workers.ts`) or of a page
 * (`web/stand-ins/threads.ts`).
 */
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

/** What ends with what runs in it: a thread, or whoever has started it. */
export interface Ending {
  terminate(): unknown;
}

export abstract class Threads implements Helpers {
  private running: readonly Ending[] = [];
  /** The first word: whether one has died; then one for each. Those of new threads are others. */
  protected flags = new Int32Array(new SharedArrayBuffer(4));

  constructor(private readonly shared: Shared) {}

  get count(): number {
    return this.flags.length - 1;
  }

  abstract require(count: number): void;

  /**
   * Opens what the threads run in, which lets them serve.
   *
   * @param ended to be called once one is no more
   */
  protected abstract open(
    threads: readonly ThreadData[],
    ended: (one: ThreadData) => void,
  ): readonly Ending[];

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
    const { running, flags, count } = this;
    Atomics.store(flags, 0, 1); // which they see when they wake
    for (let index = 1; index <= count; index++) Atomics.wait(flags, index, ready, patience);
    this.running = [];
    this.flags = new Int32Array(new SharedArrayBuffer(4));
    for (const each of running) void each.terminate();
  }

  /** Ends those that there are and starts others, of which each serves once its flag is `ready`. */
  protected renew(count: number): void {
    this.end();
    const { compiled, memory, exports } = this.shared;
    const flags = new Int32Array(new SharedArrayBuffer(4 * (count + 1)));
    const seen = exports.roundNow();
    const threads = Array.from({ length: count }, (_, before): ThreadData => ({
      ...{ compiled, memory, seen, flags: flags.buffer },
      index: before + 1,
      stack: (exports.allocate(stackBytes) >>> 0) + stackBytes,
      local: exports.allocate(exports.__tls_size.value) >>> 0,
    }));
    this.flags = flags;
    this.running = this.open(threads, ({ index, stack, local }) => {
      Atomics.store(flags, 0, 1);
      Atomics.store(flags, index, dead);
      exports.release(stack - stackBytes);
      exports.release(local);
    });
  }
}
