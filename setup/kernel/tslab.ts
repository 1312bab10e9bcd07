/** The parts of tslab on which the kernel builds. */
import vm from "node:vm";
import "./pinned";
import "./typescript";

export { createConverter, type ConvertResult, type Converter, type Diagnostic } from "tslab/dist/converter";
export { createExecutor, type Executor } from "tslab/dist/executor";
export { JupyterHandlerImpl, ZmqServer } from "tslab/dist/jupyter";

// tslab's way to be interrupted takes the listeners of SIGINT away for a while; `interrupts.ts` has another.
const { runInThisContext } = vm;
vm.runInThisContext = (code, options): unknown =>
  runInThisContext(code, typeof options === "object" ? { ...options, breakOnSigint: false } : options);
