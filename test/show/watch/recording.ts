/** A notebook that keeps what it is sent, in the place of the project's kernel. */
import type { Kernel } from "../../../lib/show/kernel";

const kernelKey = Symbol.for("palimpsest.kernel");

export interface Output {
  /** The HTML of every state, the last one as it stays. */
  readonly html: string[];
  readonly text: string[];
}

/** Runs `cell` as a cell of a notebook and returns its outputs, in their order. */
export async function inRecordedNotebook(cell: () => unknown): Promise<Output[]> {
  const outputs = new Map<string, Output>();
  const kernel: Kernel = {
    display(data, { id = `unnamed ${outputs.size}`, update = false } = {}) {
      if (update !== outputs.has(id))
        throw new Error(`Output ${id} is ${update ? "not there" : "there already"}`);
      const output = outputs.get(id) ?? { html: [], text: [] };
      output.html.push(String(data["text/html"]));
      output.text.push(String(data["text/plain"]));
      outputs.set(id, output);
    },
    ask: async () => "",
  };
  const place = globalThis as { [key: symbol]: unknown };
  place[kernelKey] = kernel;
  try {
    await cell();
  } finally {
    delete place[kernelKey];
  }
  return [...outputs.values()];
}
