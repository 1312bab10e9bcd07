/**
 * What computes in the page: operations of our own where they start, and compute what the reference does; else
 * TensorFlow.js alone.
 */
import { wasm } from "../../lib/network/implementation";
import { startModule, startPlain } from "../stand-ins/tensorflow";
import type { Computing } from "./computing";
import { difference, tryOut } from "./trial";

export async function startComputing(): Promise<Computing> {
  try {
    const threads = await startModule();
    // Where a thread dies, the second trial is without.
    const wrong = difference(await tryOut(wasm).catch(() => tryOut(wasm)));
    if (wrong) throw new Error(`it computes wrongly: ${wrong}`);
    return { by: "WebAssembly", threads: threads(), problem: "" };
  } catch (error) {
    await startPlain();
    return { by: "JavaScript", threads: 1, problem: error instanceof Error ? error.message : String(error) };
  }
}
