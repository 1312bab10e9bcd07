/** When to show something again: not too often, and never so often that the showing takes much of the time. */

export interface PaceOptions {
  /** Milliseconds that pass between two showings at least. */
  readonly shortest: number;
  /** Milliseconds after which one is shown however long it takes (default: 5,000). */
  readonly longest?: number;
  /** The share of all time that showing may take, between these two (default: 0.03). */
  readonly share?: number;
  /** Tells the time in milliseconds (default: the clock of the machine). */
  readonly now?: () => number;
}

export class Pace {
  private next = -Infinity;

  constructor(private readonly options: PaceOptions) {}

  /** Calls `show` where it is time, and tells whether it did. */
  run(show: () => void): boolean {
    const { shortest, longest = 5000, share = 0.03, now = () => performance.now() } = this.options;
    const begin = now();
    if (begin < this.next) return false;
    show();
    const end = now();
    this.next = end + Math.max(shortest, Math.min(longest, (end - begin) / share));
    return true;
  }
}
