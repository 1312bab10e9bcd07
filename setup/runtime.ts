/** Tells as one line of JSON what computes here. A process of its own, because TensorFlow stays loaded in a process. */
import { chooseImplementation } from "../lib/network/implementation";
import { ready } from "../lib/network/tensorflow";

export interface Computes {
  readonly kind: "native" | "module" | "wasm" | "javascript";
  readonly version: string;
  readonly gpu: boolean;
  readonly reason: string;
  /** Which LSTM runs, in a sentence. */
  readonly lstm: string;
}

export async function main(): Promise<number> {
  const { kind, version, gpu, reason } = await ready();
  const computes: Computes = { kind, version, gpu, reason, lstm: chooseImplementation().description };
  console.log(JSON.stringify(computes));
  return 0;
}
