/** What stands beside the page in its folder, as `exportWeb` packs it. */
import type { Part } from "../lib/text/text";

/** The network, as `saveModel` writes it. */
export async function openNetwork(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await asked(folder, "network.palimpsest")).arrayBuffer());
}

/** The texts in which the page traces. */
export async function openLibrary(folder: string): Promise<readonly Part[]> {
  const bytes = await (await asked(folder, "library.gz")).arrayBuffer();
  return JSON.parse(new TextDecoder().decode(await unzipped(new Uint8Array(bytes)))) as Part[];
}

/** What was gzipped into some bytes, or else the bytes themselves: some servers unpack what they send. */
export async function unzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function asked(folder: string, name: string): Promise<Response> {
  const answer = await fetch(new URL(name, folder));
  if (!answer.ok)
    throw new Error(`${name} did not come: the server answered ${answer.status} ${answer.statusText}`);
  return answer;
}
