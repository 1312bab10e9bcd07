/** What stands beside the page in its folder, as `exportWeb` packs it. */
import { unpack } from "../lib/text/packed/packed";
import type { Part } from "../lib/text/text";

export const networkFile = "network.palimpsest";

const libraryFile = "library.gz";

/** The network, as `saveModel` writes it. */
export async function openNetwork(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await asked(folder, networkFile)).arrayBuffer());
}

/** The texts in which the page traces. */
export async function openLibrary(folder: string): Promise<readonly Part[]> {
  const bytes = new Uint8Array(await (await asked(folder, libraryFile)).arrayBuffer());
  // Some servers unpack what they send.
  return JSON.parse(new TextDecoder().decode(unpack(bytes, libraryFile))) as Part[];
}

async function asked(folder: string, name: string): Promise<Response> {
  const answer = await fetch(new URL(name, folder));
  if (!answer.ok)
    throw new Error(`${name} did not come: the server answered ${answer.status} ${answer.statusText}`);
  return answer;
}
