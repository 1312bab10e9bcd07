/** Runs cells, one after another, in tslab's executor. */
import { Compiler } from "./compiling/compiler";
import { reportDiagnostics, reportThrown, type Report } from "./messages/report";
import { tellingOfPackages, tellWorkIsOver } from "./compiling/doing";
import { KeyboardInterrupt, stops, type Run } from "./interrupts/stops";
import { asText } from "./messages/text";
import { forgetShown, isShown } from "./shown";
import { createExecutor, type Executor } from "./tslab";
import { Variables } from "./variables";

export type Outcome =
  | { readonly status: "ok"; /** The last expression, as it is shown. */ readonly value?: string }
  | { readonly status: "error"; readonly report: Report };

export class Cells {
  readonly executor: Executor;
  private readonly compiler = new Compiler();
  private readonly variables = new Variables();
  private thrown: unknown;
  private stop?: (interrupt: KeyboardInterrupt) => void;

  constructor() {
    // tslab prints errors; here they are put aside for messages of their own.
    this.executor = createExecutor(
      process.cwd(),
      { node: this.compiler, browser: this.compiler, close: () => this.compiler.close() },
      { log: () => undefined, error: (thrown) => void (this.thrown = thrown) },
    );
    const { all, lend } = this.variables;
    const { __tslab__: given } = globalThis as unknown as { __tslab__: { require: NodeJS.Require } };
    const require = new Proxy(given.require, {
      apply: (load, self, args) => tellingOfPackages(() => Reflect.apply(load, self, args) as unknown),
    });
    Object.assign(given, { exports: all, lend, require, stops });
  }

  /**
   * Runs a cell that stack traces know as `name`, e.g. `cell[3].ts`. Never rejects. The variables of a cell that fails
   * are kept as far as it came.
   */
  async run(source: string, name: string): Promise<Outcome> {
    const { compiler, variables } = this;
    const run: Run = { interrupted: false, isOver: false };
    stops.run = run;
    variables.begin();
    compiler.begin(name);
    const interrupted = new Promise<never>((_, reject) => (this.stop = reject));
    try {
      const value = await Promise.race([interrupted, inItsOwnTask(() => this.execute(source))]);
      run.isOver = true;
      compiler.succeed();
      return { status: "ok", value };
    } catch (thrown) {
      run.isOver = true;
      if (compiler.diagnostics.length) {
        return { status: "error", report: reportDiagnostics(compiler.diagnostics, name, source) };
      }
      compiler.fail(variables);
      return { status: "error", report: reportThrown(run.interrupted ? new KeyboardInterrupt() : thrown) };
    }
  }

  /** Ends the cell that runs, also where its code was broken off, or what the last one has left running. */
  interrupt(): void {
    stops.run.interrupted = true;
    this.executor.interrupt();
    this.stop?.(new KeyboardInterrupt());
  }

  /** The text of the last expression, unless the cell has shown it. */
  private async execute(source: string): Promise<string | undefined> {
    this.thrown = undefined;
    forgetShown();
    const execution = this.executor.execute(source);
    tellWorkIsOver(); // the cell's own code has come to its first await
    if (!(await execution)) throw this.thrown;
    const { lastExpression } = this.compiler;
    const value = lastExpression === undefined ? undefined : this.variables.take(lastExpression);
    return value === undefined || value === null || isShown(value) ? undefined : asText(value);
  }
}

/** Away from the kernel's own promises: where a cell is broken off, Node forgets what waits for promises in its task. */
function inItsOwnTask<Value>(work: () => Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => setImmediate(() => void work().then(resolve, reject)));
}
