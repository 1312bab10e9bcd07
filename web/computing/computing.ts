/** What computes in a page, and how that is told. */

export interface Computing {
  readonly by: "WebAssembly" | "JavaScript";
  readonly threads: number;
  /** Why it is not WebAssembly, as part of a sentence; "" where it is. */
  readonly problem: string;
}

/** @example computedBy({ by: "WebAssembly", threads: 2, problem: "" }) // "Computed by WebAssembly, on 2 threads." */
export function computedBy({ by, threads, problem }: Computing): string {
  if (problem)
    return `Computed by plain ${by}, tens of times slower than by WebAssembly, which does not run in this browser: ${problem}.`;
  return `Computed by ${by}, on ${threads === 1 ? "one thread" : `${threads} threads`}.`;
}
