/** How surprised a network is at each character of a sample, beside what is copied of it: where it copies, is it sure? */
import type { LikelihoodOptions } from "../generate/memory/likelihood";
import type { Model } from "../network/model";
import type { Trace } from "./trace";
import { Mean } from "../base/mean";

/** A trace that knows how surprised a network was. */
export interface Surprised {
  /**
   * -log p of each UTF-16 unit of the sample, in nats: 0 where the network was certain, NaN where it does not know the
   * character.
   */
  readonly surprise: Float32Array;
}

export interface SurprisedOptions extends Omit<LikelihoodOptions, "alternatives"> {
  /** The network that wrote the sample. */
  readonly by: Model;
}

/**
 * Lets a network read the sample of a trace, and notes how surprised it was at each character. An overlay shows it as bars above
 * the letters.
 *
 * It is the network's own surprise, at temperature 1, whatever temperature the sample was written at.
 *
 * @example showOverlay(await surprised(trace(sample, library.training), { by: training.model }))
 */
export async function surprised<Traced extends Trace>(
  trace: Traced,
  { by, ...options }: SurprisedOptions,
): Promise<Traced & Surprised> {
  // Not before a network is there: who only traces needs no TensorFlow, which takes most of a second to load.
  const { likelihood } =
    require("../generate/memory/likelihood") as typeof import("../generate/memory/likelihood");
  const { logProbability } = await likelihood(by, trace.sample, options);
  return { ...trace, surprise: logProbability.map((nats) => -nats) };
}

/**
 * The mean surprise of all that is copied in some samples, and of everything else, in nats a character; NaN where there is none.
 *
 * @example surpriseBeside(await surprised(trace(sample, texts), { by: model })) // { copied: 0.21, elsewhere: 1.37 }
 */
export function surpriseBeside(...traces: readonly (Trace & Surprised)[]): {
  readonly copied: number;
  readonly elsewhere: number;
} {
  const [copied, elsewhere] = [new Mean(), new Mean()];
  for (const { passages, surprise } of traces) {
    const isCopied = copiedUnits(passages, surprise.length);
    surprise.forEach((nats, at) => (isCopied[at] ? copied : elsewhere).add(nats));
  }
  return { copied: copied.value, elsewhere: elsewhere.value };
}

/** 1 for each unit of a sample that lies in a passage, 0 for the others. */
export function copiedUnits(passages: Trace["passages"], length: number): Uint8Array {
  const copied = new Uint8Array(length);
  for (const { start, end } of passages) copied.fill(1, start, end);
  return copied;
}
