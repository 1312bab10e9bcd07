/** What the network reads in one training step. How batches are cut is in `windows.ts` and `threads.ts`. */

export interface Batch {
  /** Token ids, time-major: [time, batch]. */
  readonly inputs: Int32Array;
  /** The token that follows each input: [time, batch]. */
  readonly targets: Int32Array;
  readonly time: number;
  readonly batch: number;
  /** Rows whose hidden state begins anew, one flag a row: [batch]. Without it all rows do. */
  readonly resets?: Uint8Array;
  /**
   * What the network is told of each row where its state begins: the numbers of its labels, 0 for any; [labels, batch].
   * Absent where it knows no labels.
   */
  readonly labels?: Int32Array;
}

/**
 * A deterministic sequence of batches: `at(i)` depends on nothing but `i`, the texts and the seed, so that a
 * training goes on after a stop with the very batches that it would have read.
 */
export interface Batches {
  at(iteration: number): Batch;
  /** Reads a batch from disk in the background, so that `at` need not wait for it; absent where all is in memory. */
  readAhead?(iteration: number): Promise<void>;
  /** How many batches read every token once, on average; may be fractional. */
  readonly perEpoch: number;
  /** Whether the hidden state is carried from one batch into the next. */
  readonly stateful: boolean;
}
