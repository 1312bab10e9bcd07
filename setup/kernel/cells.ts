/** Runs cells, one after another, in tslab's executor. */
import { Compiler } from "./compiler";
import { reportDiagnostics, reportThrown, type Report } from "./report";
import { KeyboardInterrupt, stops } from "./stops";
import { createExecutor, type Executor } from "./tslab";

export type Outcome =
  | { readonly status: "ok"; /** Of the last expression. */ readonly value?: unknown }
  | { readonly status: "error"; readonly report: Report };

export class Cells {
  readonly executor: Executor;
  private readonly compiler = new Compiler();
  private value: unknown;
  private thrown: unknown;

  constructor() {
    // tslab prints values and errors; here they are put aside for messages of their own.
    this.executor = createExecutor(
      process.cwd(),
      { node: this.compiler, browser: this.compiler, close: () => this.compiler.close() },
      { log: (value) => (this.value = value), error: (thrown) => (this.thrown = thrown) },
    );
    Object.assign((globalThis as unknown as { __tslab__: object }).__tslab__, { stops });
  }

  /**
   * Runs a cell that stack traces know as `name`, e.g. `cell[3].ts`. Never rejects. The variables of a cell that fails
   * are kept as far as it came.
   */
  async run(source: string, name: string): Promise<Outcome> {
    const { compiler, executor } = this;
    const run = (stops.run = { interrupted: false });
    const before = { ...executor.locals };
    compiler.begin(name);
    this.value = undefined;
    const succeeded = await executor.execute(source).catch((thrown) => {
      this.thrown = thrown;
      return false;
    });
    if (compiler.diagnostics.length) {
      return { status: "error", report: reportDiagnostics(compiler.diagnostics, name, source) };
    }
    if (succeeded) {
      compiler.succeed();
      return { status: "ok", value: this.value };
    }
    compiler.fail(executor.locals, before);
    const interrupted = run.interrupted || isInterrupt(this.thrown);
    return { status: "error", report: reportThrown(interrupted ? new KeyboardInterrupt() : this.thrown) };
  }

  /** Ends the cell that runs. */
  interrupt(): void {
    stops.run.interrupted = true;
    this.executor.interrupt();
  }
}

/** What `vm` throws where the interrupt comes before the first `await` of a cell. */
function isInterrupt(thrown: unknown): boolean {
  return (thrown as { code?: unknown } | undefined)?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
}
