/**
 * The visitor's files, of which there are two copies: in the browser's storage, where the file browser shows them and uploads go,
 * and on the disk of each kernel's worker. What changes in one goes to the others.
 */
import type { Contents, ContentsChange, ContentsModel } from "./jupyterlite";
import type { FileChange, ToWorker } from "./messages";
import { bytesOf, modelOf } from "./models";

export class Files {
  private readonly workers = new Set<Worker>();
  /** One file is stored after another. */
  private turn: Promise<unknown> = Promise.resolve();
  /** Files that are being stored for a worker: the storage tells of them as of any others. */
  private readonly storing = new Set<string>();

  constructor(private readonly contents: Contents) {
    contents.fileChanged.connect((_, change) => void this.changed(change));
  }

  /** Gives a worker all files that there are, and from now on those that change. */
  async join(worker: Worker): Promise<void> {
    tell(worker, await this.inFolder(""));
    this.workers.add(worker);
  }

  leave(worker: Worker): void {
    this.workers.delete(worker);
  }

  /** Stores what a worker's cells have written, and gives it to the other workers. */
  async keep(changes: readonly FileChange[], from: Worker): Promise<void> {
    for (const worker of this.workers) if (worker !== from) tell(worker, changes);
    for (const change of changes) {
      this.turn = this.turn.then(() => this.store(change)).catch(console.error);
    }
    await this.turn;
  }

  private async store({ path, bytes }: FileChange): Promise<void> {
    this.storing.add(path);
    try {
      if (bytes) {
        await this.makeFolder(folderOf(path));
        await this.contents.save(path, modelOf(path, bytes));
      } else {
        await this.contents.delete(path);
        await this.removeEmpty(folderOf(path));
      }
    } finally {
      this.storing.delete(path);
    }
  }

  /** The storage keeps no file in a folder that it does not know. */
  private async makeFolder(path: string): Promise<void> {
    const there = path === "" || (await this.contents.get(path, { content: false }).catch(() => undefined));
    if (there) return;
    await this.makeFolder(folderOf(path));
    await this.contents.save(path, { type: "directory", format: "json", content: null });
  }

  /** On the worker's disk a folder of a run goes with its files; those at the top stay. */
  private async removeEmpty(path: string): Promise<void> {
    if (!path.includes("/")) return;
    const { content } = await this.contents.get(path, { content: true });
    if ((content as unknown[]).length > 0) return;
    await this.contents.delete(path);
    await this.removeEmpty(folderOf(path));
  }

  private async changed({ type, oldValue, newValue }: ContentsChange): Promise<void> {
    const [before, now] = [oldValue?.path, newValue?.path];
    const changes: FileChange[] = [];
    if ((type === "delete" || type === "rename") && before && !this.storing.has(before))
      changes.push({ path: before, bytes: null });
    if (type !== "delete" && now && !this.storing.has(now)) changes.push(...(await this.at(now)));
    for (const worker of this.workers) tell(worker, changes);
  }

  private async at(path: string): Promise<FileChange[]> {
    const model = await this.contents.get(path, { content: false });
    if (model.type === "directory") return this.inFolder(path);
    return this.read(model);
  }

  private async read({ path, type }: ContentsModel): Promise<FileChange[]> {
    if (type !== "file") return [];
    return [{ path, bytes: bytesOf(await this.contents.get(path, { content: true })) }];
  }

  private async inFolder(path: string): Promise<FileChange[]> {
    const { content } = await this.contents.get(path, { content: true });
    const found: FileChange[] = [];
    for (const model of content as ContentsModel[])
      found.push(...(model.type === "directory" ? await this.inFolder(model.path) : await this.read(model)));
    return found;
  }
}

/** "data/mine.txt" -> "data", "mine.txt" -> "" */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function tell(worker: Worker, changes: readonly FileChange[]): void {
  if (changes.length > 0) worker.postMessage({ type: "files", changes } satisfies ToWorker);
}
