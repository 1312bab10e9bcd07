/** What cells and the library find of the kernel: `lib/show/kernel.ts` reads it, and so do tslab's own displays. */
import type { Kernel } from "../../lib/show/kernel";
import { noteShown } from "./shown";
import type { Server } from "./messages/server";
import { wellFormed } from "./messages/text";

/** @param server what sends outputs and asks, on a machine or in a browser */
export function leaveSeam(server: Pick<Server, "publish" | "ask">): void {
  const kernel: Kernel = {
    display(data, { id, update = false, metadata = {} } = {}) {
      const transient = id === undefined ? {} : { display_id: id };
      const type = update ? "update_display_data" : "display_data";
      server.publish(type, { data: encode(data), metadata, transient });
    },
    ask: (prompt) => server.ask(prompt),
    shown: noteShown,
  };
  Object.assign(globalThis, { [Symbol.for("palimpsest.kernel")]: kernel });

  // What a cell shows by `import { display } from "tslab"`.
  const tslab = require("tslab/dist/jupyter") as { lastWriteDisplayData: unknown };
  tslab.lastWriteDisplayData = (content: object, update?: boolean) =>
    server.publish(update ? "update_display_data" : "display_data", content);
}

/** Bytes as base64. */
function encode(data: Record<string, unknown>): Record<string, unknown> {
  const encoded = Object.entries(data).map(([mime, value]) => [
    mime,
    value instanceof Uint8Array
      ? Buffer.from(value).toString("base64")
      : typeof value === "string"
        ? wellFormed(value)
        : value,
  ]);
  return Object.fromEntries(encoded) as Record<string, unknown>;
}
