/** What the page and its worker tell each other. The worker computes; the page shows, and stays quick meanwhile. */
import type { NetworkParams } from "../lib/network/params";
import type { GivenLabels, Label } from "../lib/text/labels";
import type { Computing } from "./computing/computing";

/** How the network writes. */
export interface Manner {
  readonly temperature: number;
  /** Characters. */
  readonly length: number;
  readonly seed: number;
  /** What the text is to be. */
  readonly labels: GivenLabels;
}

export type ToWorker =
  /** The network as `beside/load.ts` loads it. */
  | { readonly type: "open"; readonly network: string }
  /** The texts that it has read, as `beside/load.ts` loads them, or why they have not come. */
  | { readonly type: "texts"; readonly library: string | Error }
  | { readonly type: "predict"; readonly text: string; readonly labels: GivenLabels }
  /** `writing` is a number of its own, which what is told of it has too. */
  | { readonly type: "write"; readonly writing: number; readonly text: string; readonly manner: Manner }
  | { readonly type: "stop-writing" }
  /** `lesson` is a number of its own, which what is told of it has too. */
  | { readonly type: "learn"; readonly lesson: number; readonly name: string; readonly bytes: ArrayBuffer }
  | { readonly type: "stop-learning" }
  | { readonly type: "reset" };

/** A message to the worker, of one type. */
export type Asked<Type extends ToWorker["type"]> = Extract<ToWorker, { readonly type: Type }>;

export type ToPage =
  | {
      readonly type: "opened";
      readonly layers: number;
      readonly neurons: number;
      /** How many numbers it has learned. */
      readonly size: number;
      /** What it reads and writes. */
      readonly level: NetworkParams["level"];
      /** What it was told of its texts. */
      readonly labels: readonly Label[];
      readonly computing: Computing;
    }
  | { readonly type: "predicted"; readonly text: string; readonly words: string }
  | { readonly type: "piece"; readonly writing: number; readonly text: string }
  /** `overlay` is HTML, `told` the same in a few words. */
  | { readonly type: "written"; readonly writing: number; readonly overlay: string; readonly told: string }
  | {
      readonly type: "learning";
      readonly lesson: number;
      readonly name: string;
      readonly characters: number;
      readonly iterations: number;
      /** What the visitor should know of the file, as that its encoding is a guess. */
      readonly notices: readonly string[];
    }
  /** In nats a token, of one step. */
  | { readonly type: "loss"; readonly iteration: number; readonly crossEntropy: number }
  | { readonly type: "learned"; readonly lesson: number; readonly stopped: boolean }
  | { readonly type: "was-reset" }
  | {
      readonly type: "failed";
      readonly at: ToWorker["type"];
      readonly message: string;
      /** Where it was learning. */
      readonly lesson?: number;
      /** Where it was writing. */
      readonly writing?: number;
    };
