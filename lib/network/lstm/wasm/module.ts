/**
 * The network's operations as a WebAssembly module (`../native/wasm/`): its memory, and calls of the operations on what lies
 * there. Nothing here knows TensorFlow.js, which is for `backend.ts`, or Node, which is for `here.ts`.
 */

/** The memory of the module and of all its threads. What lies there is at an address, in bytes. */
export interface Memory {
  /** Another object once the memory has grown; those of before are its beginning. */
  readonly buffer: SharedArrayBuffer;
}

export interface Exports {
  readonly __stack_pointer: { value: number };
  readonly __tls_size: { readonly value: number };
  /** @returns 0 where there is no more memory */
  allocate(bytes: number): number;
  release(at: number): void;
  useThreads(count: number, started: number): void;
  roundNow(): number;
  _initialize(): void;
}

/** The threads beside the one that calls. */
export interface Helpers {
  readonly count: number;
  /** Sees to it that there are so many, where others can be started; that those that there are are alive, in any case. */
  require(count: number): void;
  /** Ends all, and waits for them to be out of the module. */
  end(): void;
}

/** A tensor in the module's memory. */
export interface Place {
  readonly at: number;
  readonly dtype: "float32" | "int32";
  /** At most four. */
  readonly shape: readonly number[];
}

/** Words of a place as the module reads it: where, whether floats, how many dimensions, these. */
const placeWords = 7;

const outOfMemory = "Expected more memory than WebAssembly has: smaller batches or fewer steps need less";

export class LstmModule {
  /** Where a call is written down, and for how many tensors there is room. */
  private context = { at: 0, room: 0 };
  /** The stack before a call that has not ended; where there is one at the next call, it was broken off. */
  private begun: number | undefined;

  constructor(
    readonly memory: Memory,
    private readonly exports: Exports,
    private readonly helpers: Helpers,
    /** How many threads are to work. */
    private readonly threads: () => number,
  ) {}

  /**
   * @returns an address, for `release`
   * @throws where there is no more memory
   */
  allocate(bytes: number): number {
    const at = this.exports.allocate(bytes) >>> 0;
    if (at === 0) throw new Error(outOfMemory);
    return at;
  }

  release(at: number): void {
    this.exports.release(at);
  }

  /**
   * Calls an operation by its name in `native/wasm/module.cc`.
   *
   * @returns the outputs, which the caller releases
   * @throws where the inputs do not fit, and where a thread has died
   */
  call(name: string, inputs: readonly Place[], outputs: number): Place[] {
    this.recover();
    const wanted = this.threads();
    this.helpers.require(wanted - 1);
    const { count } = this.helpers;
    this.exports.useThreads(Math.min(wanted, 1 + count), count);
    const at = this.write(inputs, outputs);
    const { __stack_pointer: stack } = this.exports;
    this.begun = stack.value;
    try {
      (this.exports as unknown as Record<string, (at: number) => void>)[name](at);
      this.begun = undefined;
      return this.outputs(inputs.length, outputs);
    } catch (error) {
      stack.value = this.begun ?? stack.value; // An error passes through the module's functions without their end.
      this.begun = undefined;
      for (const { at } of this.outputs(inputs.length, outputs)) if (at > 0) this.release(at);
      throw error;
    }
  }

  /** After a call that an interrupt of the kernel has broken off, without a word to anybody: the threads may still be at work. */
  private recover(): void {
    if (this.begun === undefined) return;
    this.helpers.end();
    this.exports.__stack_pointer.value = this.begun;
    this.begun = undefined;
  }

  private write(inputs: readonly Place[], outputs: number): number {
    const tensors = inputs.length + outputs;
    if (this.context.room < tensors) {
      if (this.context.at > 0) this.release(this.context.at);
      this.context = { at: this.allocate(4 * (2 + placeWords * tensors)), room: tensors };
    }
    const words = this.words(tensors);
    words.fill(0);
    words.set([inputs.length, outputs]);
    inputs.forEach(({ at, dtype, shape }, index) =>
      words.set([at, dtype === "float32" ? 1 : 0, shape.length, ...shape], 2 + placeWords * index),
    );
    return this.context.at;
  }

  private outputs(inputs: number, outputs: number): Place[] {
    const words = this.words(inputs + outputs);
    return Array.from({ length: outputs }, (_, index) => {
      const [at, floats, dimensions, ...shape] = words.subarray(2 + placeWords * (inputs + index));
      return {
        at: at >>> 0,
        dtype: floats ? "float32" : "int32",
        shape: shape.slice(0, dimensions),
      };
    });
  }

  private words(tensors: number): Int32Array {
    return new Int32Array(this.memory.buffer, this.context.at, 2 + placeWords * tensors);
  }
}
