/**
 * A process that computes for the bench: TensorFlow stays loaded in a process, and each contender is to have one that
 * nothing else has touched. While one is asked, the others wait for input and take no computing time.
 */
import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Facts, Request, Times } from "./answer";

export class Program {
  private readonly child: ChildProcess;
  private readonly replies: AsyncIterator<string>;
  /** The last lines of its error output, for when it ends. */
  private complaints = "";

  /** @param name for messages: "PyTorch" */
  constructor(
    readonly name: string,
    [command, ...args]: readonly string[],
    { env = process.env, cwd }: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
  ) {
    this.child = spawn(command, args, { env, cwd, stdio: ["pipe", "pipe", "pipe"] });
    this.child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.complaints = (this.complaints + text).slice(-4000);
    });
    this.child.on("error", (error) => (this.complaints += error.message));
    this.child.stdin!.on("error", () => {}); // Of a program that has ended: its missing reply tells.
    this.replies = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  /** What the program is: versions, threads, abilities. */
  async about(): Promise<Facts> {
    return this.ask<Facts>({ about: true });
  }

  /** Builds a task under a name by which it is then run and closed. */
  async open(name: string, task: string, options: object): Promise<Facts> {
    return this.ask<Facts>({ open: name, task, options });
  }

  async run(name: string, { times, untimed = 0 }: { times: number; untimed?: number }): Promise<Times> {
    return this.ask<Times>({ run: name, times, untimed });
  }

  async close(name: string): Promise<void> {
    await this.ask({ close: name });
  }

  /** Ends the program. */
  stop(): void {
    this.child.kill("SIGKILL");
  }

  private async ask<Reply>(request: Request): Promise<Reply> {
    this.child.stdin!.write(`${JSON.stringify(request)}\n`);
    const { value, done } = (await this.replies.next()) as IteratorResult<string, undefined>;
    if (done) throw new Error(`${this.name} ended without an answer.\n${this.complaints.trim()}`);
    const reply = JSON.parse(value) as Reply & { readonly error?: string };
    if (reply.error !== undefined) throw new Error(`${this.name}: ${reply.error}`);
    return reply;
  }
}

/** A program of the bench's own, in TypeScript. `env` is added to the environment. */
export function nodeProgram(
  projectRoot: string,
  name: string,
  file: string,
  env: NodeJS.ProcessEnv = {},
): Program {
  return new Program(name, [process.execPath, path.join(projectRoot, "setup", "run.mjs"), file], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
  });
}

/**
 * A program in the peers' Python. Memory that was freed is kept: PyTorch asks for its larger tensors anew in each step, and
 * a step takes a quarter less where the system need not clear them (glibc, mallopt(3)).
 */
export function pythonProgram(python: string, name: string, file: string): Program {
  const env = { ...process.env, MALLOC_MMAP_THRESHOLD_: "1000000000", MALLOC_TRIM_THRESHOLD_: "1000000000" };
  return new Program(name, [python, "-u", path.join(__dirname, "peers", file)], { env });
}
