/** One kernel in the page: hands JupyterLite's messages to its worker and back. */
import type { Files } from "./files";
import type { BaseKernel, KernelOptions, Services } from "./jupyterlite";
import type { Request, ToPage, ToWorker } from "./messages";
import type { Started } from "./started";

/** Milliseconds in which a worker hears of an interrupt, unless its code never waits. */
const patience = 3000;

export interface Kernel extends BaseKernel {
  interrupt(): void;
}

/** The class of kernels on JupyterLite's own base. */
export function kernelOf(services: Services) {
  return class extends services.BaseKernel implements Kernel {
    private readonly answers = new Map<number, (content: object) => void>();
    private asked = 0;
    private unheard?: ReturnType<typeof setTimeout>;
    readonly ready: Promise<unknown>;
    private readonly worker: Worker;

    constructor(
      options: KernelOptions,
      started: Started,
      private readonly files: Files,
    ) {
      super(options);
      this.worker = started.worker;
      started.hear = (message) => this.hear(message);
      started.failed = (message) =>
        this.stream({ name: "stderr", text: `The kernel has failed: ${message}\n` });
      this.ready = Promise.all([started.ready, files.join(started.worker)]);
    }

    interrupt(): void {
      this.send({ type: "interrupt" });
      this.unheard ??= setTimeout(() => this.stream({ name: "stderr", text: unheard }), patience);
    }

    override dispose(): void {
      if (this.isDisposed) return;
      this.files.leave(this.worker);
      this.worker.terminate();
      clearTimeout(this.unheard);
      super.dispose();
    }

    kernelInfoRequest = () => this.ask("info", {});
    completeRequest = (content: object) => this.ask("complete", content);
    inspectRequest = (content: object) => this.ask("inspect", content);
    isCompleteRequest = (content: object) => this.ask("isComplete", content);
    executeRequest = (content: object) => this.ask("execute", content);
    inputReply = ({ value }: { value: string }) => this.send({ type: "reply", value });
    commInfoRequest = async () => ({ status: "ok", comms: {} });
    commOpen = async () => undefined;
    commMsg = async () => undefined;
    commClose = async () => undefined;

    private ask(type: Request["type"], content: object): Promise<object> {
      const id = ++this.asked;
      this.send({ type, id, content: content as Record<string, unknown>, count: this.executionCount });
      return new Promise((resolve) => this.answers.set(id, resolve));
    }

    private send(message: ToWorker): void {
      this.worker.postMessage(message);
    }

    private hear(message: Exclude<ToPage, { type: "ready" }>): void {
      if (message.type === "publish") this.publish(message.kind, message.content);
      if (message.type === "ask") this.inputRequest({ prompt: message.prompt, password: false });
      if (message.type === "files") void this.files.keep(message.changes, this.worker);
      if (message.type === "heard") {
        clearTimeout(this.unheard);
        this.unheard = undefined;
      }
      if (message.type !== "answer") return;
      this.answers.get(message.id)?.(message.content);
      this.answers.delete(message.id);
    }

    private publish(kind: string, content: object): void {
      if (kind === "stream") this.stream(content);
      if (kind === "display_data") this.displayData(content);
      if (kind === "update_display_data") this.updateDisplayData(content);
      if (kind === "clear_output") this.clearOutput(content);
      if (kind === "execute_result") this.publishExecuteResult(content);
      if (kind === "error") this.publishExecuteError(content);
    }
  };
}

const unheard =
  "The cell runs code that never waits, which a browser cannot interrupt: Kernel › Restart ends it, and its variables with it.\n";
