/** tslab's Jupyter server, corrected where it departs from what Jupyter's front ends expect. */
import { answer, isTslabs, replyTo } from "./answers";
import type { Cells, Outcome } from "../cells";
import { endProcess } from "../interrupts/exit";
import { hearInterrupts, listen, type Moment } from "../interrupts/interrupts";
import { KeyboardInterrupt } from "../interrupts/stops";
import { listenToWork } from "../compiling/doing";
import { Handler } from "./handler";
import { Notice } from "./notice";
import { reportThrown } from "./report";
import { Streams } from "./streams";
import { attempt } from "./text";
import { ZmqServer } from "../tslab";

type Message = Parameters<ZmqServer["publishStatus"]>[1];
type Socket = Parameters<ZmqServer["handleShellMessage"]>[0];

/** tslab's class of messages, which it does not export. */
interface MessageClass {
  fromRaw(key: string, frames: Buffer[]): Message;
}

interface ExecuteRequest {
  readonly code: string;
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly stop_on_error?: boolean;
  readonly allow_stdin?: boolean;
}

const never: Moment = { date: -Infinity, time: -Infinity };

/** Milliseconds that a request may be on its way to the kernel. */
const longestWay = 500;

export class Server extends ZmqServer {
  private readonly streams = new Streams((name, text) => this.publish("stream", { name, text }));
  private readonly notice = new Notice((type, content) => this.sendOutput(type, content));
  private executions = 0;
  private turn = Promise.resolve();
  /** When a cell has failed or was interrupted: what was sent before that is not run. */
  private failure = never;
  /** The request of the cell that runs, or ran last: its outputs belong there. */
  private request?: Message;
  private readonly unanswered: ((answer: string) => void)[] = [];
  private messages?: MessageClass;

  constructor(
    private readonly cells: Cells,
    connectionFile: string,
  ) {
    super(new Handler(cells.executor), connectionFile);
  }

  override async init(): Promise<void> {
    const bindSocket = this["bindSocket"] as (socket: Socket, port: number) => Promise<void>;
    this["bindSocket"] = (socket: Socket, port: number) => {
      // A message is handed over at once and never dropped: tslab loses all after the 512th of a burst, and those that
      // come while one waits. Before the first, as a front end may ask at once.
      socket.sendHighWaterMark = 0;
      socket.sendTimeout = 0;
      return bindSocket.call(this, socket, port);
    };
    await hearInterrupts(this.onInterrupt, this.onHeard);
    await super.init();
    listenToWork(this.notice);
    void this.readAnswers();
  }

  /** Sends an output of the present cell. */
  publish(type: string, content: object): void {
    if (type !== "stream") this.streams.flush();
    this.notice.end();
    this.sendOutput(type, content);
  }

  private sendOutput(type: string, content: object): void {
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

  /** Never rejects, and answers every request that has an answer. */
  override async handleShellMessage(socket: Socket, ...frames: Buffer[]): Promise<void> {
    const request = attempt(() => this.messages?.fromRaw(this.connInfo.key, frames));
    const type = request?.header.msg_type ?? "";
    try {
      if (!this.messages || isTslabs(type)) await super.handleShellMessage(socket, ...frames);
      else if (request) this.answer(socket, request);
    } catch (thrown) {
      if (request) this.send(socket, replyTo(type), { status: "error", ...reportThrown(thrown) }, request);
    }
  }

  override publishStatus(status: string, request: Message): void {
    this.messages ??= request.constructor as unknown as MessageClass;
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

  override handleShutdown(socket: Socket, request: Message): void {
    const { restart } = request.content as { restart: boolean };
    this.send(socket, "shutdown_reply", { status: "ok", restart }, request);
  }

  override close(): void {
    super.close();
    setTimeout(() => endProcess(0), 100).unref(); // whatever the cells have left running
  }

  private answer(socket: Socket, request: Message): void {
    const type = request.header.msg_type;
    const content = answer(type);
    this.publishStatus("busy", request);
    if (type === "interrupt_request") {
      this.onHeard(now());
      process.emit("SIGINT", "SIGINT");
    }
    if (content) this.send(socket, replyTo(type), content, request);
    this.publishStatus("idle", request);
  }

  private async execute(socket: Socket, request: Message, received: number): Promise<void> {
    super.publishStatus("busy", request);
    const reply = (content: object) => this.send(socket, "execute_reply", content, request);
    if (wasSentBefore(this.failure, request, received)) return reply({ status: "aborted" });

    const { code, silent, store_history, stop_on_error } = request.content as ExecuteRequest;
    if (!this.request) this.streams.capture();
    listen(this.onInterrupt);
    this.request = request;
    if (!silent && store_history !== false) this.executions++;
    const execution_count = this.executions;
    if (!silent) this.publish("execute_input", { code, execution_count });
    const begun = performance.now();
    this.notice.begin();
    const outcome = await this.run(code);
    this.notice.end();
    if (outcome.status === "error") {
      this.publish("error", outcome.report);
      if (stop_on_error !== false) this.failure = now();
      return reply({ status: "error", execution_count, ...outcome.report });
    }
    if (!silent && outcome.value !== undefined) {
      const data = { "text/plain": outcome.value };
      this.publish("execute_result", { execution_count, data, metadata: {} });
    }
    this.streams.flush();
    // A training that was interrupted ends its cell in good order, without red text. The reply ends Run All all the same.
    if (this.failure.time > begun) {
      const { ename, evalue } = reportThrown(new KeyboardInterrupt());
      return reply({ status: "error", execution_count, ename, evalue, traceback: [] });
    }
    reply({ status: "ok", execution_count, payload: [], user_expressions: {} });
  }

  private async run(code: string): Promise<Outcome> {
    try {
      return await this.cells.run(code, `cell[${this.executions}].ts`);
    } catch (thrown) {
      return { status: "error", report: reportThrown(thrown) };
    }
  }

  private readonly onHeard = (moment: Moment) => {
    const { stop_on_error } = (this.request?.content ?? {}) as Partial<ExecuteRequest>;
    if (stop_on_error !== false && moment.time > this.failure.time) this.failure = moment;
  };

  private readonly onInterrupt = () => {
    this.unanswered.length = 0;
    this.cells.interrupt();
  };

  private async readAnswers(): Promise<void> {
    for await (const frames of this.stdin) {
      const answer = attempt(() => this.messages?.fromRaw(this.connInfo.key, frames));
      if (!answer) continue;
      const { value } = answer.content as { value: string };
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

function isExecution(request: Message): boolean {
  return request.header.msg_type === "execute_request";
}

function now(): Moment {
  return { date: Date.now(), time: performance.now() };
}

/** Whether the request was sent before its sender could know of what happened then. */
function wasSentBefore({ date, time }: Moment, request: Message, received: number): boolean {
  return received < time || (received < time + longestWay && Date.parse(request.header.date) < date);
}
