/** A front end for tests: starts the kernel as Jupyter does and talks to it over its sockets. */
import { spawn, type ChildProcess } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { kernelspec } from "../../../setup/kernel/kernelspec";

export interface Message {
  readonly type: string;
  // What a message holds depends on its type; a test knows what it looks at.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly content: any;
}

/** What came back for one cell. */
export interface Execution {
  readonly reply: Message["content"];
  /** All but status and `execute_input`, in the order of their arrival, without what the kernel has cleared again. */
  readonly outputs: readonly Message[];
  /** What the cell printed. */
  readonly stdout: string;
  readonly stderr: string;
  /** Of the `error` message, as lines without colours. */
  readonly traceback: string;
  /** As the last expression was shown. */
  readonly result?: string;
}

export interface ExecuteOptions {
  /** What is typed at each question; without it the front end takes no input. */
  readonly answers?: string[];
}

interface Request {
  readonly answers: string[];
  readonly messages: Message[];
  finish(reply: Message["content"]): void;
  fail(error: Error): void;
  reply?: Message["content"];
  idle: boolean;
}

export const projectRoot = path.resolve(__dirname, "../../..");

export class TestKernel {
  /** Everything that was published, in the order of its arrival, with the number of its request. */
  readonly published: (Message & { readonly request: number })[] = [];
  private readonly requests = new Map<string, Request>();
  private readonly session = randomUUID();
  private readonly key = randomUUID();
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), "palimpsest-kernel-"));
  private readonly shell = new Dealer({ routingId: this.session });
  private readonly stdin = new Dealer({ routingId: this.session });
  private readonly iopub = new Subscriber();
  private process!: ChildProcess;
  /** How the kernel has ended. */
  private ended?: string;

  /** A kernel that is ready for cells. One that does not become so is ended, so that nothing waits for it. */
  static async start(): Promise<TestKernel> {
    const kernel = new TestKernel();
    kernel.launch();
    try {
      await kernel.becomeReady();
    } catch (error) {
      kernel.process.kill("SIGKILL");
      kernel.close();
      throw error;
    }
    return kernel;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Runs a cell. */
  async execute(code: string, { answers }: ExecuteOptions = {}): Promise<Execution> {
    const request = { code, silent: false, store_history: true, stop_on_error: true, allow_stdin: !!answers };
    const { reply, messages } = await this.request("execute_request", request, answers);
    const cleared = messages.map(({ type }) => type).lastIndexOf("clear_output");
    const outputs = messages
      .slice(cleared + 1)
      .filter(({ type }) => type !== "status" && type !== "execute_input");
    const printed = (name: string) =>
      outputs
        .filter(({ type, content }) => type === "stream" && content.name === name)
        .map(({ content }) => content.text)
        .join("");
    const find = (type: string) => outputs.find((message) => message.type === type)?.content;
    return {
      reply,
      outputs,
      stdout: printed("stdout"),
      stderr: printed("stderr"),
      // eslint-disable-next-line no-control-regex
      traceback: (find("error")?.traceback ?? []).join("\n").replace(/\u001b\[\d+m/g, ""),
      result: find("execute_result")?.data["text/plain"],
    };
  }

  /** Sends any request and waits for its reply and its end. */
  async request(type: string, content: object, answers: string[] = []) {
    const id = randomUUID();
    const messages: Message[] = [];
    const reply = await new Promise<Message["content"]>((finish, fail) => {
      this.requests.set(id, { answers, messages, finish, fail, idle: false });
      void this.shell.send(this.frames({ id, type, content }));
    });
    return { reply, messages };
  }

  /** Sends a message that has no reply. */
  async tell(type: string, content: object): Promise<void> {
    await this.shell.send(this.frames({ id: randomUUID(), type, content }));
  }

  /** Jupyter's stop button. */
  interrupt(): void {
    this.process.kill("SIGINT");
  }

  /** Resolves when a running cell has printed `text`. */
  async printed(text: string): Promise<void> {
    const isPrinted = () => this.published.some(({ content }) => content.text?.includes(text));
    while (!isPrinted()) {
      if (this.ended) throw new Error(this.ended);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Resolves when the kernel has taken up a cell. */
  async began(code: string): Promise<void> {
    while (!this.published.some(({ type, content }) => type === "execute_input" && content.code === code)) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async stop(): Promise<void> {
    if (!this.ended) {
      const exit = once(this.process, "exit");
      const content = { restart: false };
      await this.shell.send(this.frames({ id: randomUUID(), type: "shutdown_request", content }));
      await exit;
    }
    this.close();
  }

  private close(): void {
    for (const socket of [this.shell, this.stdin, this.iopub]) socket.close();
    rmSync(this.folder, { recursive: true });
  }

  private launch(): void {
    // Sockets in a folder of its own: a port that is free now may be somebody else's when the kernel takes it.
    const ip = path.join(this.folder, "socket");
    const address = { transport: "ipc", ip, key: this.key, signature_scheme: "hmac-sha256" };
    const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
    const file = path.join(this.folder, "connection.json");
    writeFileSync(file, JSON.stringify({ ...address, ...ports }));
    const [command, ...args] = kernelspec().argv.map((word) => word.replace("{connection_file}", file));
    // Notebooks are in a folder of their own; Jupyter starts their kernels there.
    this.process = spawn(command, args, { cwd: this.folder, stdio: ["ignore", "inherit", "inherit"] });
    this.process.once("exit", (code, signal) => {
      this.ended = `The kernel has ended: ${signal ?? code}`;
      for (const request of this.requests.values()) request.fail(new Error(this.ended));
    });
    this.shell.connect(`ipc://${ip}:${ports.shell_port}`);
    this.stdin.connect(`ipc://${ip}:${ports.stdin_port}`);
    this.iopub.connect(`ipc://${ip}:${ports.iopub_port}`);
    this.iopub.subscribe();
    for (const socket of [this.shell, this.stdin, this.iopub]) void this.read(socket);
  }

  /** What is published before the subscription has reached the kernel is lost, so this asks until something comes. */
  private async becomeReady(): Promise<void> {
    const started = Date.now();
    while (this.published.length === 0) {
      if (this.ended) throw new Error(this.ended);
      if (Date.now() - started > 55_000) throw new Error("The kernel has not answered in 55 seconds.");
      this.request("kernel_info_request", {}).catch(() => {}); // told above
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private async read(socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      const start = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>") + 2;
      const [header, parent, , content] = frames.slice(start).map((frame) => JSON.parse(frame.toString()));
      this.receive(socket, { type: header.msg_type, content }, parent.msg_id);
    }
  }

  private receive(socket: Dealer | Subscriber, message: Message, id: string): void {
    const request = this.requests.get(id);
    if (!request) return;
    if (socket === this.shell) request.reply = message.content;
    else if (socket === this.stdin) this.answer(request);
    else {
      this.published.push({ ...message, request: [...this.requests.keys()].indexOf(id) });
      request.messages.push(message);
      if (message.content.execution_state === "idle") request.idle = true;
    }
    if (request.idle && request.reply) request.finish(request.reply);
  }

  private answer(request: Request): void {
    const value = request.answers.shift();
    if (value === undefined) return;
    void this.stdin.send(this.frames({ id: randomUUID(), type: "input_reply", content: { value } }));
  }

  private frames({ id, type, content }: Message & { readonly id: string }): string[] {
    const date = new Date().toISOString();
    const header = {
      msg_id: id,
      msg_type: type,
      session: this.session,
      username: "test",
      version: "5.3",
      date,
    };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const signature = createHmac("sha256", this.key);
    for (const part of parts) signature.update(part);
    return ["<IDS|MSG>", signature.digest("hex"), ...parts];
  }
}

/** A folder inside the project for files that cells import, with its path as cells write it. */
export function importFolder() {
  mkdirSync(path.join(projectRoot, ".cache"), { recursive: true });
  const folder = mkdtempSync(path.join(projectRoot, ".cache/kernel-"));
  return {
    path: `./.cache/${path.basename(folder)}`,
    /** @param file its name, or its path in the folder, e.g. `text/index.ts` */
    write: (file: string, content: string) => {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), content);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
