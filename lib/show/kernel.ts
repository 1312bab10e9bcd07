/** What the project's kernel leaves for `notebook.ts` (`setup/kernel/seam.ts`). */

/** What the kernel does for a notebook. */
export interface Kernel {
  display(data: Record<string, unknown>, options?: DisplayOptions): void;
  ask(prompt?: string): Promise<string>;
  /** Notes that a value is shown by the cell that runs. */
  shown?(value: object): void;
}

export interface DisplayOptions {
  /** A name by which the result is found again. */
  readonly id?: string;
  /** Whether results of that id are replaced, instead of a new one being shown (default: false). */
  readonly update?: boolean;
  /** Jupyter's metadata of the result. */
  readonly metadata?: Record<string, unknown>;
}

/** @returns undefined outside a notebook */
export function kernel(): Kernel | undefined {
  return (globalThis as { [key: symbol]: unknown })[Symbol.for("palimpsest.kernel")] as Kernel | undefined;
}
