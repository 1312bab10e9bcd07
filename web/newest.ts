/** A kind of work of which only the newest goes on: each is told to end when another begins. */
export class Newest {
  private stop = new AbortController();
  private ended: Promise<unknown> = Promise.resolve();

  /** Begins once the one before has ended. */
  run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.stop.abort();
    const { signal } = (this.stop = new AbortController());
    const done = this.ended.then(() => work(signal));
    this.ended = done.catch(() => undefined); // whoever has begun it hears of it
    return done;
  }

  /** Ends the work, and waits until it has. */
  async end(): Promise<void> {
    this.stop.abort();
    await this.ended;
  }
}
