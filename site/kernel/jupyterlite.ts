/** As much of JupyterLite 0.8 as the kernel's plugins use; its documentation tells the rest. */

export interface KernelOptions {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  sendMessage(message: unknown): void;
}

interface Signal<Value> {
  connect(listener: (sender: unknown, value: Value) => void): void;
}

/** The base of a kernel, which handles one message after another. */
export interface BaseKernel {
  readonly isDisposed: boolean;
  readonly disposed: Signal<void>;
  readonly executionCount: number;
  dispose(): void;
  stream(content: object): void;
  displayData(content: object): void;
  updateDisplayData(content: object): void;
  clearOutput(content: object): void;
  inputRequest(content: object): void;
  publishExecuteResult(content: object): void;
  publishExecuteError(content: object): void;
}

export interface KernelSpecs {
  register(spec: { spec: object; create(options: KernelOptions): Promise<unknown> }): void;
}

export interface KernelClient {
  interrupt(id: string): Promise<void>;
}

export interface Services {
  readonly BaseKernel: new (options: KernelOptions) => BaseKernel;
  readonly IKernelSpecs: unknown;
  readonly IKernelClient: unknown;
}

/** Which kernel a notebook wants. */
export interface KernelPreference {
  readonly name?: string;
  readonly language?: string;
}

export interface SessionContext {
  readonly hasNoKernel: boolean;
  kernelPreference: KernelPreference;
  /** Starts the kernel that is wanted, once; whoever calls it again waits for the same. */
  initialize(): Promise<boolean>;
}

/** What is known of a cell that is to run. */
export interface CellRun {
  readonly cell: { readonly model: { readonly type: string }; setPrompt(words: string): void };
  readonly sessionContext?: SessionContext;
}

/** As much as is used of @jupyterlab/notebook. */
export interface NotebookParts {
  readonly INotebookCellExecutor: unknown;
  /** Whether the cell ended without an error. */
  runCell(run: CellRun): Promise<boolean>;
}

/** A file or folder of the browser's storage, or of the site. */
export interface ContentsModel {
  readonly name: string;
  readonly path: string;
  readonly type: "file" | "notebook" | "directory";
  readonly format: "text" | "json" | "base64" | null;
  readonly content: unknown;
}

export interface Contents {
  get(path: string, options: { content: boolean }): Promise<ContentsModel>;
  save(path: string, model: object): Promise<unknown>;
  delete(path: string): Promise<void>;
  readonly fileChanged: Signal<ContentsChange>;
}

export interface ContentsChange {
  readonly type: "new" | "delete" | "rename" | "save";
  readonly oldValue: Partial<ContentsModel> | null;
  readonly newValue: Partial<ContentsModel> | null;
}

export interface App {
  readonly serviceManager: { readonly contents: Contents };
}
