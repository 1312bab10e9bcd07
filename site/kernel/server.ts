/** The kernel's side of Jupyter's messages in the browser, as `setup/kernel/messages/server.ts` is on a machine. */
import type { Cells } from "../../setup/kernel/cells";
import { listenToWork } from "../../setup/kernel/compiling/doing";
import { KeyboardInterrupt } from "../../setup/kernel/interrupts/stops";
import { Handler } from "../../setup/kernel/messages/handler";
import { Notice } from "../../setup/kernel/messages/notice";
import { reportThrown } from "../../setup/kernel/messages/report";
import { Streams } from "../../setup/kernel/messages/streams";
import type { Request, ToPage } from "./messages";

interface ExecuteRequest {
  readonly code: string;
  readonly silent?: boolean;
  readonly allow_stdin?: boolean;
}

export class Server {
  private readonly streams = new Streams((name, text) => this.publish("stream", { name, text }));
  private readonly notice = new Notice((kind, content) => this.send({ type: "publish", kind, content }));
  private readonly handler: Handler;
  private readonly unanswered: ((answer: string) => void)[] = [];
  private mayAsk = false;
  private interrupted = false;
  /** What the next cell is to say before it runs, to its standard error. */
  warning = "";

  constructor(
    private readonly cells: Cells,
    private readonly send: (message: ToPage) => void,
  ) {
    this.handler = new Handler(cells.executor);
    this.streams.capture();
    listenToWork(this.notice);
  }

  /** Sends an output of the present cell. */
  publish(kind: string, content: object): void {
    if (kind !== "stream") this.streams.flush();
    this.notice.end();
    this.send({ type: "publish", kind, content });
  }

  /** Asks at the present cell. Throws where the front end takes no input. */
  async ask(prompt = ""): Promise<string> {
    if (!this.mayAsk)
      throw new Error(`Nobody is there to answer \`${prompt}\`: this front end takes no input`);
    this.streams.flush();
    this.send({ type: "ask", prompt });
    return new Promise((resolve) => this.unanswered.push(resolve));
  }

  hearAnswer(answer: string): void {
    this.unanswered.shift()?.(answer);
  }

  /** Tells the work of a cell that has taken the interrupt over (`lib/train/interrupt.ts`), or ends the cell. */
  interrupt(): void {
    this.send({ type: "heard" });
    this.interrupted = true;
    process.emit("SIGINT", "SIGINT");
  }

  /** The content of the reply. Never rejects. */
  async answer({ type, content, count = 0 }: Request): Promise<object> {
    try {
      switch (type) {
        case "execute":
          return await this.execute(content as unknown as ExecuteRequest, count);
        case "complete":
          return this.handler.handleComplete(content as never);
        case "inspect":
          return this.handler.handleInspect(content as never);
        case "isComplete":
          return this.handler.handleIsComplete(content as never);
        case "info":
          return this.handler.handleKernel();
      }
    } catch (thrown) {
      return { status: "error", ...reportThrown(thrown) };
    }
  }

  private async execute(
    { code, silent, allow_stdin }: ExecuteRequest,
    execution_count: number,
  ): Promise<object> {
    // A work that holds the interrupt may have been left midway, as a generator can be.
    if (!process.listeners("SIGINT").includes(this.onInterrupt)) process.on("SIGINT", this.onInterrupt);
    this.mayAsk = allow_stdin === true;
    this.interrupted = false;
    this.notice.begin();
    if (this.warning) console.warn(this.warning);
    this.warning = "";
    const outcome = await this.cells.run(code, `cell[${execution_count}].ts`);
    this.notice.end();
    if (outcome.status === "error") {
      this.publish("error", outcome.report);
      return { status: "error", execution_count, ...outcome.report };
    }
    if (!silent && outcome.value !== undefined)
      this.publish("execute_result", {
        execution_count,
        data: { "text/plain": outcome.value },
        metadata: {},
      });
    this.streams.flush();
    // A training that was interrupted ends its cell in good order, without red text. The reply ends Run All all the same.
    if (this.interrupted) {
      const { ename, evalue } = reportThrown(new KeyboardInterrupt());
      return { status: "error", execution_count, ename, evalue, traceback: [] };
    }
    return { status: "ok", execution_count, payload: [], user_expressions: {} };
  }

  private readonly onInterrupt = () => {
    this.unanswered.length = 0;
    this.cells.interrupt();
  };
}
