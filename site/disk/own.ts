/** The visitor's own files on the worker's disk: those that came by upload, and those that cells write. */
import type { FileChange } from "../kernel/messages";
import { root } from "../root";
import { volume } from "./disk";

/** Folders of the project that are not the visitor's. */
const notOwn = ["lib", "web", "node_modules", "pretrained", "corpora"].map((name) => `${root}/${name}`);

/** A file that is being written (`lib/base/files/atomic-write.ts`) stands beside its place until it is whole. */
const unfinished = /^\..+\.part$/;

export class OwnFiles {
  private known = this.stamps();

  constructor(private readonly changed: (changes: readonly FileChange[]) => void) {
    setInterval(() => this.tell(), 5000);
  }

  /** Puts files there that came from the page. */
  take(changes: readonly FileChange[]): void {
    this.tell(); // what has changed here until now is not from there
    for (const { path, bytes } of changes) {
      const file = `${root}/${path}`;
      if (bytes === null) volume.rmSync(file, { recursive: true, force: true });
      else {
        volume.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
        volume.writeFileSync(file, bytes);
      }
    }
    this.known = this.stamps();
  }

  /** Tells of the files that cells have written or removed since the last call. */
  tell(): void {
    const now = this.stamps();
    const changes: FileChange[] = [];
    for (const [file, stamp] of now) {
      if (this.known.get(file) === stamp) continue;
      const bytes = volume.readFileSync(file) as Uint8Array;
      changes.push({ path: file.slice(root.length + 1), bytes: Uint8Array.from(bytes) });
    }
    for (const file of this.known.keys())
      if (!now.has(file)) changes.push({ path: file.slice(root.length + 1), bytes: null });
    this.known = now;
    if (changes.length > 0) this.changed(changes);
  }

  /** Of each file what tells whether it has changed. */
  private stamps(): Map<string, string> {
    const found = new Map<string, string>();
    const look = (folder: string) => {
      for (const name of volume.readdirSync(folder) as string[]) {
        const file = `${folder}/${name}`;
        if (notOwn.includes(file) || unfinished.test(name)) continue;
        const about = volume.statSync(file);
        if (about.isDirectory()) look(file);
        else found.set(file, `${about.ino} ${about.size} ${about.mtimeMs}`);
      }
    };
    look(root);
    return found;
  }
}
