/** What the page and the kernel's worker tell each other. */

/** A file of the visitor; null where it is no more. */
export interface FileChange {
  /** From the project's root, which is that of the file browser. */
  readonly path: string;
  readonly bytes: Uint8Array | null;
}

/** A request of Jupyter's that has an answer. */
export interface Request {
  readonly type: "execute" | "complete" | "inspect" | "isComplete" | "info";
  readonly id: number;
  readonly content: Readonly<Record<string, unknown>>;
  /** Of a cell: the number before its brackets. */
  readonly count?: number;
}

export type ToWorker =
  | Request
  | { readonly type: "files"; readonly changes: readonly FileChange[] }
  | { readonly type: "reply"; readonly value: string }
  | { readonly type: "interrupt" };

export type ToPage =
  | { readonly type: "ready" }
  /** The interrupt has been heard. */
  | { readonly type: "heard" }
  | { readonly type: "publish"; readonly kind: string; readonly content: object }
  | { readonly type: "ask"; readonly prompt: string }
  | { readonly type: "answer"; readonly id: number; readonly content: object }
  | { readonly type: "files"; readonly changes: readonly FileChange[] };
