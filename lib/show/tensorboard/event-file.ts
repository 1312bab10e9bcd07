/** The event files in the folder of a run: one for each time that its training begins or goes on. */
import { mkdir, open, readdir, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { setAside } from "../../train/saved/runs-aside";
import { encodeEvent, type Event } from "./event";
import { record } from "./records";

/** Whether there is nothing in the folder that TensorBoard would read; what another training left is set aside. */
export async function claimFolder(folder: string, training: string): Promise<{ fresh: boolean }> {
  const names = await readdir(folder).catch(() => []);
  const others = names.filter((name) => name.includes("tfevents"));
  const fresh = !others.some((name) => name.endsWith(training));
  if (fresh && others.length) await setAside(folder);
  return { fresh };
}

export class EventFile {
  private constructor(
    private readonly name: string,
    private readonly file: FileHandle,
  ) {}

  /**
   * Begins a file. TensorBoard reads those of a folder by their names, which therefore begin with the time; what it has
   * read of steps from `step` on it forgets, since the training makes them anew.
   *
   * @param step the next one
   */
  static async begin(folder: string, training: string, step: number): Promise<EventFile> {
    await mkdir(folder, { recursive: true });
    const name = path.join(folder, `events.out.tfevents.${Date.now()}.${training}`);
    const file = new EventFile(name, await open(name, "ax"));
    await file.write({ wallTime: Date.now() / 1000, fileVersion: "brain.Event:2" });
    await file.write({ wallTime: Date.now() / 1000, step, sessionLog: { status: "START" } });
    return file;
  }

  /** @throws where the disk is full, with the name of the file */
  async write(event: Event): Promise<void> {
    await this.file.appendFile(record(encodeEvent(event))).catch((error: Error) => {
      throw new Error(`Could not write ${this.name}: ${error.message}`, { cause: error });
    });
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}
