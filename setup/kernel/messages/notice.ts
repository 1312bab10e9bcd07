/**
 * One line that tells what a cell waits for before its own code begins: that the files it imports are read, compiled and loaded.
 * It comes where that takes more than two seconds, and goes when it is done.
 */

/** Milliseconds until the first line, and from one to the next. */
const patience = { first: 2000, next: 500 };

export class Notice {
  private due = Infinity;
  private begun = 0;
  private isShown = false;

  constructor(private readonly publish: (type: string, content: object) => void) {}

  /** A cell begins. */
  begin(): void {
    this.begun = performance.now();
    this.due = this.begun + patience.first;
  }

  /** What is being done just now; to be called again and again by work that lets nothing else run. */
  tell(doing: string): void {
    const now = performance.now();
    if (now < this.due) return;
    this.due = now + patience.next;
    const seconds = Math.round((now - this.begun) / 1000);
    if (this.isShown) this.publish("clear_output", { wait: true });
    this.isShown = true;
    this.publish("stream", { name: "stdout", text: `${doing} … ${seconds} s\n` });
  }

  /** From now on the cell puts out what it has to show itself. */
  end(): void {
    this.due = Infinity;
    if (this.isShown) this.publish("clear_output", { wait: false });
    this.isShown = false;
  }
}
