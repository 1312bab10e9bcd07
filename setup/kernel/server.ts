/** tslab's Jupyter server, corrected where it departs from what Jupyter's front ends expect. */
import { inspect } from "node:util";
import { version } from "@tslab/typescript-for-tslab";
import type { Cells } from "./cells";
import { Streams } from "./streams";
import { JupyterHandlerImpl, ZmqServer } from "./tslab";

type Message = Parameters<ZmqServer["publishStatus"]>[1];
type Socket = Parameters<ZmqServer["handleShellMessage"]>[0];

interface ExecuteRequest {
  readonly code: string;
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly stop_on_error?: boolean;
  readonly allow_stdin?: boolean;
}

/** Milliseconds that a request may be on its way to the kernel. */
const longestWay = 500;

export class Server extends ZmqServer {
  private readonly streams = new Streams((name, text) => this.publish("stream", { name, text }));
  private executions = 0;
  private turn = Promise.resolve();
  /** When a cell failed last, by the clock that requests are stamped with and by one that never jumps. */
  private failure = { date: -Infinity, time: -Infinity };
  /** The request of the cell that runs, or ran last: its outputs belong there. */
  private request?: Message;
  private readonly unanswered: ((answer: string) => void)[] = [];

  constructor(
    private readonly cells: Cells,
    connectionFile: string,
  ) {
    super(new Handler(cells.executor, false), connectionFile);
  }

  override async init(): Promise<void> {
    await super.init();
    for (const socket of [this.iopub, this.shell, this.control, this.stdin]) {
      // A message is handed over at once and never dropped: tslab loses all after the 512th of a burst.
      socket.sendHighWaterMark = 0;
      socket.sendTimeout = 0;
    }
    this.listenForInterrupts();
    void this.readAnswers();
  }

  /** Sends an output of the present cell. */
  publish(type: string, content: object): void {
    if (type !== "stream") this.streams.flush();
    if (this.request) this.send(this.iopub, type, content, this.request);
  }

  /** Asks at the present cell. Throws where the front end takes no input, as when a notebook is executed by a program. */
  async ask(prompt = ""): Promise<string> {
    const request = this.request;
    if (!request || !(request.content as ExecuteRequest).allow_stdin) {
      throw new Error(`Nobody is there to answer \`${prompt}\`: this front end takes no input`);
    }
    this.streams.flush();
    this.send(this.stdin, "input_request", { prompt, password: false }, request);
    return new Promise((resolve) => this.unanswered.push(resolve));
  }

  override publishStatus(status: string, request: Message): void {
    // tslab says "busy" of a cell that still waits for its turn, so that the "idle" of the one before it comes after.
    if (status === "busy" && isExecution(request)) return;
    this.streams.flush();
    super.publishStatus(status, request);
  }

  override handleExecute(socket: Socket, request: Message): Promise<void> {
    const received = performance.now();
    const turn = this.turn.then(() => this.execute(socket, request, received));
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  override handleCommInfoRequest(socket: Socket, request: Message): void {
    this.send(socket, "comm_info_reply", { status: "ok", comms: {} }, request);
  }

  override handleShutdown(socket: Socket, request: Message): void {
    const { restart } = request.content as { restart: boolean };
    this.send(socket, "shutdown_reply", { status: "ok", restart }, request);
  }

  override close(): void {
    super.close();
    setTimeout(() => process.exit(), 100).unref(); // whatever the cells have left running
  }

  private async execute(socket: Socket, request: Message, received: number): Promise<void> {
    super.publishStatus("busy", request);
    const reply = (content: object) => this.send(socket, "execute_reply", content, request);
    if (this.isQueuedBehindFailure(request, received)) return reply({ status: "aborted" });

    const { code, silent, store_history, stop_on_error } = request.content as ExecuteRequest;
    if (!this.request) this.streams.capture();
    this.listenForInterrupts();
    this.request = request;
    if (!silent && store_history !== false) this.executions++;
    const execution_count = this.executions;
    if (!silent) this.publish("execute_input", { code, execution_count });
    const outcome = await this.cells.run(code, `cell[${execution_count}].ts`);
    if (outcome.status === "error") {
      this.publish("error", outcome.report);
      if (stop_on_error !== false) this.failure = { date: Date.now(), time: performance.now() };
      return reply({ status: "error", execution_count, ...outcome.report });
    }
    if (!silent && outcome.value !== undefined) {
      const data = { "text/plain": asText(outcome.value) };
      this.publish("execute_result", { execution_count, data, metadata: {} });
    }
    this.streams.flush();
    reply({ status: "ok", execution_count, payload: [], user_expressions: {} });
  }

  /** Whether the request was sent before its sender could know of the last failure. */
  private isQueuedBehindFailure(request: Message, received: number): boolean {
    const { date, time } = this.failure;
    return received < time || (received < time + longestWay && Date.parse(request.header.date) < date);
  }

  /** Again before each cell: a work that holds the interrupt may have been left midway, as a generator can be. */
  private listenForInterrupts(): void {
    if (!process.listeners("SIGINT").includes(this.onInterrupt)) process.on("SIGINT", this.onInterrupt);
  }

  private readonly onInterrupt = () => {
    this.unanswered.length = 0;
    this.cells.interrupt();
  };

  private async readAnswers(): Promise<void> {
    for await (const frames of this.stdin) {
      const { fromRaw } = this.request?.constructor as unknown as {
        fromRaw(key: string, frames: Buffer[]): Message;
      };
      const { value } = fromRaw(this.connInfo.key, frames).content as { value: string };
      this.unanswered.shift()?.(value);
    }
  }

  private send(socket: object, type: string, content: object, parent: Message): void {
    const message = parent.createReply();
    message.header.msg_type = type;
    message.content = content;
    message.signAndSend(this.connInfo.key, socket);
  }
}

/** tslab's answers to a front end; it says TypeScript 3.7.2 of itself. */
class Handler extends JupyterHandlerImpl {
  override handleKernel() {
    const info = super.handleKernel();
    return { status: "ok", ...info, language_info: { ...info.language_info, version } };
  }
}

function isExecution(request: Message): boolean {
  return request.header.msg_type === "execute_request";
}

/** As `console.log` would print it. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : inspect(value);
}
