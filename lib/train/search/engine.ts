/** The engine of a search, `engine.py`, in a process of its own: what it is asked and told. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Params } from "../params";
import type { EngineEntry } from "./space";

export interface EngineSettings {
  /** A file, "file:/data/searches/mine/search.db", or a database as SQLAlchemy names it: "postgresql://user@host/name". */
  readonly storage: string;
  /** Of the search, in the database. */
  readonly name: string;
  /** What everyone who takes part has to have alike. */
  readonly settings: string;
  readonly space: Readonly<Record<string, EngineEntry>>;
  readonly sampler: "tpe" | "random";
  readonly seed: number;
  readonly startup: number;
  /** Iterations; null prunes nothing. */
  readonly pruneAfter: number | null;
  /** Seconds. */
  readonly heartbeat: number;
  readonly grace: number;
  readonly databaseTimeout: number;
}

/** A trial to be made. */
export interface Asked {
  /** Counted from 0 over all that take part. */
  readonly trial: number;
  /** A number that no other attempt at it has. */
  readonly attempt: number;
  readonly params: Partial<Params>;
}

/** What came of a trial, whoever made it. */
export interface TrialResult {
  readonly trial: number;
  /** "pruned": given up as hopeless; "failed": its params cannot be trained with, or nobody survived it. */
  readonly state: "complete" | "pruned" | "failed";
  /** The lowest validation loss, in nats a character; null where there is none. */
  readonly loss: number | null;
  /** Those of the space. */
  readonly params: Partial<Params>;
  /** Training steps that were made. */
  readonly iterations?: number;
  readonly seconds?: number;
  /** How many the network has. */
  readonly weights?: number;
  /** Why it failed, or was given up where that was for another reason than its loss. */
  readonly error?: string;
}

/** The database does not answer, and is asked again; or it has come back. */
export interface DatabaseNotice {
  /** Seconds that it has been away. */
  readonly away: number;
  /** What it says, or what the system says of it; none where it is back. */
  readonly reason?: string;
}

export class Engine {
  /** What was told of the database, and not taken yet. */
  readonly notices: DatabaseNotice[] = [];
  private readonly waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  private said = "";
  private ended: Error | undefined;
  private noticed: () => void = () => undefined;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    createInterface({ input: child.stdout }).on("line", (line) => this.waiting.shift()?.resolve(line));
    createInterface({ input: child.stderr }).on("line", (line) => this.hear(line));
    child.stdin.on("error", () => undefined); // That it has ended is told below.
    child.on("error", (error) => this.end(`The search's engine could not be started: ${error.message}`));
    child.on("close", (code, signal) =>
      this.end(`The search's engine ended with ${signal ?? `exit code ${code}`}.\n${this.said}`),
    );
  }

  /** @param python one that has what `requirements.txt` names */
  static start(python: string): Engine {
    return new Engine(spawn(python, ["-B", path.join(__dirname, "engine", "engine.py")]));
  }

  /** Opens a search, or begins it, and tells the settings that it has. */
  async open(settings: EngineSettings): Promise<{ settings: string }> {
    return this.call("open", { ...settings });
  }

  /** A trial; how many run elsewhere, and may come back; or neither, where all are done. */
  async ask(trials: number): Promise<Asked | { running?: number }> {
    return this.call("ask", { trials });
  }

  /** @returns whether the trial is hopeless, or has been taken up by others, who thought that this process had died */
  async report(iteration: number, loss: number): Promise<{ prune?: boolean; lost?: boolean }> {
    return this.call("report", { iteration, loss: Number.isFinite(loss) ? loss : null });
  }

  /** Ends the trial; `accepted` is false where others had taken it up. */
  async tell({
    state,
    loss,
    ...result
  }: Omit<TrialResult, "trial" | "params">): Promise<{ accepted: boolean }> {
    return this.call("tell", { state, loss, result });
  }

  /** Gives the trial back, to be made by whoever asks next. */
  async release(): Promise<void> {
    await this.call("release", {});
  }

  /** What came of the trials that are done, and that were not among the results before. */
  async newResults(): Promise<TrialResult[]> {
    return (await this.call<{ results: TrialResult[] }>("results", { new: true })).results;
  }

  /** Resolves with the next notice. */
  async nextNotice(): Promise<void> {
    await new Promise<void>((resolve) => (this.noticed = resolve));
  }

  /** Ends the process, which gives a trial back that it still has. */
  async close(): Promise<void> {
    if (this.ended) return;
    const closed = new Promise((resolve) => this.child.once("close", resolve));
    this.child.stdin.end();
    await closed;
  }

  /** Ends the process at once. A trial that it has is taken up by others, who see no sign of life. */
  kill(): void {
    this.child.kill("SIGKILL");
  }

  private async call<Answer>(call: string, request: object): Promise<Answer> {
    if (this.ended) throw this.ended;
    const line = new Promise<string>((resolve, reject) => this.waiting.push({ resolve, reject }));
    this.child.stdin.write(`${JSON.stringify({ call, ...request })}\n`);
    const answer = JSON.parse(await line) as Answer & { error?: string; traceback?: string };
    if (answer.error === undefined) return answer;
    throw new Error(
      answer.traceback ? `The search's engine could not ${call}: ${answer.traceback}` : answer.error,
    );
  }

  /** Takes a line of the standard error output: a notice, or a word of Python's. */
  private hear(line: string): void {
    const notice = /^\{"(?:away|back)"/.test(line)
      ? (JSON.parse(line) as { away?: number; back?: number; reason?: string })
      : undefined;
    if (notice === undefined) {
      this.said = `${this.said}${line}\n`.slice(-4000);
      return;
    }
    const { away, back = 0, reason } = notice;
    this.notices.push(away === undefined ? { away: back } : { away, reason });
    this.noticed();
  }

  private end(message: string): void {
    this.ended ??= new Error(message.trim());
    for (const { reject } of this.waiting.splice(0)) reject(this.ended);
  }
}
