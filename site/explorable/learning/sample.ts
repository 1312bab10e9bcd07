/** A sample, with what it copies and how sure the network was of it. */
import { write } from "../../../lib/generate/generate";
import type { Model } from "../../../lib/network/model";
import { measure } from "../../../lib/trace/measure";
import { trace } from "../../../lib/trace/trace";
import type { Order, Sample } from "../messages";
import { copiedFrom } from "../settings";
import { lettersOf } from "./letters";
import { piecesOf } from "./pieces";

export interface SampleOptions {
  /** What it goes on from (default: nothing). */
  readonly prompt?: string;
  readonly length: number;
  readonly temperature: number;
  readonly seed: number;
}

/** Writes, and traces what was written in the texts that the network reads. */
export async function sampleOf(
  model: Model,
  { texts, own }: Pick<Order, "texts" | "own">,
  { prompt = "", ...writing }: SampleOptions,
): Promise<Sample> {
  const text = await write(model, { prompt, ...writing });
  const traced = trace(text, texts, { minLength: copiedFrom, collapseWhitespace: true, maxOccurrences: 1 });
  const { copied, sources } = measure(traced);
  const ofOwn = sources.find((source) => source.text === own);
  return {
    prompt,
    pieces: piecesOf(text, traced.passages, own),
    letters: await lettersOf(model, prompt, text),
    copied,
    longestOwn: ofOwn?.longest ?? 0,
  };
}

/**
 * The first words of a paragraph, from which a network is asked to go on.
 *
 * @example firstWords("Our tram was late again, so my sister") // "Our tram was late "
 */
export function firstWords(paragraph: string): string {
  return /^.{14}\S*\s?/su.exec(paragraph)?.[0] ?? paragraph;
}
