/** A worker that begins at once, for a kernel that may be wanted later. */
import type { ToPage } from "./messages";

export class Started {
  readonly worker: Worker;
  /** When it can take a cell. Rejects where it cannot start. */
  readonly ready: Promise<void>;
  /** Hears what it says, but for its being ready. */
  hear: (message: Exclude<ToPage, { type: "ready" }>) => void = () => undefined;
  /** Hears of what ended its work. */
  failed: (message: string) => void = () => undefined;

  constructor(script: string) {
    this.worker = new Worker(script, { name: "palimpsest kernel" });
    this.ready = new Promise((resolve, reject) => {
      this.worker.onmessage = ({ data }: MessageEvent<ToPage>) =>
        data.type === "ready" ? resolve() : this.hear(data);
      this.worker.onerror = ({ message }) => {
        this.failed(message);
        reject(new Error(message));
      };
    });
    this.ready.catch(() => undefined); // told by `failed`, and where a cell is run
  }
}
