/** The parts of tslab on which the kernel builds. */
import "./pinned";
import "./typescript";

export { createConverter, type ConvertResult, type Converter, type Diagnostic } from "tslab/dist/converter";
export { createExecutor, type Executor } from "tslab/dist/executor";
export { JupyterHandlerImpl, ZmqServer } from "tslab/dist/jupyter";
