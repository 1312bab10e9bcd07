/**
 * Whether a copy was memorised, or is merely likely: how probable each passage of a trace is to the network that wrote it, and to
 * one that has not read the book (counterfactual memorization, Zhang et al. 2023). Such networks `lib/train/leave-one-out.ts`
 * trains; the colours are in `lib/show/overlay/`.
 */
import type { OnProgress } from "../base/progress";
import type { Likelihood } from "../generate/memory/likelihood";
import type { Model } from "../network/model";
import type { GivenLabels } from "../text/labels";
import type { Passage, Trace } from "./trace";

/** What two networks make of a passage, one that has read its book and one that has not; in nats a character. */
export interface Counterfactual {
  /** The text, by its number in the trace's `texts`, that the other network has not read. */
  readonly text: number;
  /** The mean of -log p under the network that wrote the sample. */
  readonly crossEntropy: number;
  /** The same under the network without the book. */
  readonly crossEntropyWithout: number;
  /** How much harder the passage is without the book: high where it was memorised, near 0 where it is merely likely. */
  readonly difference: number;
  /** UTF-16 units over which the means go: those that both networks know. */
  readonly compared: number;
}

export interface CounterfactualPassage extends Passage {
  /** Absent where there is no network without one of its texts, or none of its characters is known to both. */
  readonly counterfactual?: Counterfactual;
}

/** A trace whose passages know what they are without their book. */
export interface CounterfactualTrace extends Trace {
  readonly passages: readonly CounterfactualPassage[];
}

export interface CounterfactualOptions {
  /** The network that wrote the sample. */
  readonly by: Model;
  /** Another one that has not read the books, or one for each of the trace's `texts`, as `leaveOneOut` gives them. */
  readonly without: Model | readonly (Model | undefined)[];
  /** What the network had read before it wrote the sample (default: nothing). */
  readonly prompt?: string;
  /** What the sample was to be, of networks with labels (default: nothing). */
  readonly labels?: GivenLabels;
  readonly onProgress?: OnProgress;
}

/**
 * Compares for each passage how probable it is with its book and without it. Each network reads the prompt and the
 * sample once, so that a passage is scored after all that stands before it in the sample.
 *
 * A passage that stands in several books is compared with each network without one of them, and the one to which it is hardest
 * counts: the book that it owes most to. What two books share is hardly harder without one of them.
 *
 * A network that was trained on other texts, as the pretrained one, is a cheap stand-in for `without`: it has not read the
 * books, but it writes another English too, and differences have another zero: compare passages, not numbers.
 *
 * @returns the trace with `counterfactual` in its passages
 * @throws where `without` is a list that has not as many networks as the trace has texts
 * @example
 * const { passages } = await counterfactual(trace(sample, library.training), await leaveOneOut(library));
 * passages[0].counterfactual // { text: 3, crossEntropy: 0.21, crossEntropyWithout: 1.43, difference: 1.22, compared: 57 }
 */
export async function counterfactual(
  trace: Trace,
  { by, without, ...options }: CounterfactualOptions,
): Promise<CounterfactualTrace> {
  const { texts, passages } = trace;
  const networks = Array.isArray(without)
    ? (without as readonly (Model | undefined)[])
    : texts.map(() => without as Model);
  if (networks.length !== texts.length)
    throw new Error(
      `Expected in \`without\` a network for each of ${texts.length} texts that were traced in, got ${networks.length}: ` +
        "trace in `library.training`, or leave numbers undefined",
    );
  const needed = new Set(
    passages.flatMap(({ sources }) => sources.flatMap(({ text }) => networks[text] ?? [])),
  );
  const read = await likelihoods([by, ...needed], trace.sample, options);
  const scored = passages.map((passage) => {
    const all = passage.sources.flatMap(({ text }) => {
      const other = networks[text] && read.get(networks[text]);
      return other ? compared(passage, text, { by: read.get(by)!, without: other }) : [];
    });
    const [hardest] = all.sort((one, another) => another.difference - one.difference);
    return hardest ? { ...passage, counterfactual: hardest } : passage;
  });
  return { ...trace, passages: scored };
}

/** Reads a sample with each network, one after another. */
async function likelihoods(
  models: readonly Model[],
  sample: string,
  { onProgress, ...options }: Omit<CounterfactualOptions, "by" | "without">,
): Promise<Map<Model, Likelihood>> {
  // Not before networks are there: who only traces needs no TensorFlow.
  const { likelihood } =
    require("../generate/memory/likelihood") as typeof import("../generate/memory/likelihood");
  const read = new Map<Model, Likelihood>();
  for (const model of new Set(models)) {
    read.set(model, await likelihood(model, sample, options));
    onProgress?.({ label: "Counterfactual", done: read.size, total: models.length, unit: "networks" });
  }
  return read;
}

/** Nothing where no character of a passage is known to both. */
function compared(
  { start, end }: Passage,
  text: number,
  { by, without }: { readonly by: Likelihood; readonly without: Likelihood },
): Counterfactual | [] {
  let [sum, sumWithout, count] = [0, 0, 0];
  for (let at = start; at < end; at++) {
    const [one, other] = [by.logProbability[at], without.logProbability[at]];
    if (Number.isNaN(one) || Number.isNaN(other)) continue;
    sum -= one;
    sumWithout -= other;
    count++;
  }
  if (count === 0) return [];
  const [crossEntropy, crossEntropyWithout] = [sum / count, sumWithout / count];
  const difference = crossEntropyWithout - crossEntropy;
  return { text, crossEntropy, crossEntropyWithout, difference, compared: count };
}
