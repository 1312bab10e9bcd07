/** What the kernel's worker begins with: it brings the disk and the kernel, both packed, and runs the latter. */
import type { Brought, Packed } from "../disk/packed";

const address = self.location.href;
const worker = globalThis as unknown as {
  palimpsest: Brought;
  onmessage: ((event: MessageEvent) => void) | null;
};

/** What the page has sent before anybody heard it. */
const early: MessageEvent[] = [];
worker.onmessage = (event) => void early.push(event);

async function begin(): Promise<void> {
  const [kernel, disk] = await Promise.all(["kernel.pack", "disk.pack"].map(unpacked));
  worker.palimpsest = { disk: JSON.parse(disk) as Packed, address };
  worker.onmessage = null;
  (0, eval)(`${kernel}\n//# sourceURL=palimpsest-kernel.js`);
  const hear = worker.onmessage as ((event: MessageEvent) => void) | null;
  for (const event of early) hear?.(event);
}

/** The text of a file that gzip packed, which some servers tell the browser, so that it is unpacked already. */
async function unpacked(name: string): Promise<string> {
  const response = await fetch(new URL(name, address));
  if (!response.ok) throw new Error(`Expected ${name} in the site, got status ${response.status}`);
  const bytes = await response.arrayBuffer();
  const [first, second] = new Uint8Array(bytes, 0, 2);
  if (first !== 0x1f || second !== 0x8b) return new TextDecoder().decode(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

// Thrown where the page hears it.
begin().catch((error) =>
  setTimeout(() => {
    throw error;
  }),
);
