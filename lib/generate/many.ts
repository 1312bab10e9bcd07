/** Many texts from one call: each from a seed of its own, so that any of them can be written again alone. */
import { checkWhole } from "../base/option-error";
import type { Model } from "../network/model";
import type { OnProgress } from "../base/progress";
import { random } from "../base/random";
import { completeWriting, generate, type Writing } from "./generate";

/** A text and what it takes to write it again: `write(model, { …, prompt, temperature, seed })`. */
export interface GeneratedText {
  readonly prompt: string;
  readonly temperature: number | readonly number[];
  readonly seed: number;
  /** Without the prompt. */
  readonly text: string;
}

export interface ManyOptions {
  /** How many texts (default: 1). */
  readonly n?: number;
  /** Told after each text. */
  readonly onProgress?: OnProgress;
  /** Ends the work where it is aborted; the text that was being written is left out. */
  readonly signal?: AbortSignal;
}

/**
 * Writes texts one after another. What `generate` takes holds for each of them, but for the seed, from which theirs follow.
 *
 * @throws where an option is unknown or out of range
 * @example for await (const { text } of generateMany(model, { n: 10, prompt: "Once ", stop: ["\n"] })) print(text);
 */
export async function* generateMany(
  model: Model,
  { n = 1, onProgress, signal, ...options }: Partial<Writing> & ManyOptions = {},
): AsyncGenerator<GeneratedText, void, void> {
  checkWhole({ n });
  const { prompt, temperature, seed: first } = completeWriting(options);
  for (let index = 0; index < n; index++) {
    const seed = derivedSeed(first, index);
    let text = "";
    for await (const piece of generate(model, { ...options, seed })) {
      if (signal?.aborted) return;
      text += piece;
    }
    onProgress?.({ label: "Texts", done: index + 1, total: n, unit: "texts" });
    yield { prompt, temperature, seed, text };
  }
}

/**
 * Writes `n` texts at each of some temperatures, from the same seeds at each of them.
 *
 * @param options.n texts at each temperature; 3
 * @param options.temperatures 0.2, 0.5, 1
 * @throws where an option is unknown or out of range
 */
export async function* generateSamples(
  model: Model,
  {
    n = 3,
    temperatures = [0.2, 0.5, 1],
    onProgress,
    ...options
  }: Partial<Omit<Writing, "temperature">> & ManyOptions & { readonly temperatures?: readonly number[] } = {},
): AsyncGenerator<GeneratedText, void, void> {
  const total = n * temperatures.length;
  for (const [index, temperature] of temperatures.entries()) {
    const told: OnProgress = ({ done, ...rest }) => onProgress?.({ ...rest, done: index * n + done, total });
    yield* generateMany(model, { ...options, n, temperature, onProgress: told });
  }
}

/**
 * Waits for all texts.
 *
 * @example const texts = await collect(generateMany(model, { n: 3, onProgress: progressBar() }));
 */
export async function collect(texts: AsyncIterable<GeneratedText>): Promise<GeneratedText[]> {
  const all: GeneratedText[] = [];
  for await (const one of texts) all.push(one);
  return all;
}

/** A seed for one of many uses of a seed, e.g. `(1, 0) -> 2068265262`. */
export function derivedSeed(seed: number, place: number): number {
  return Math.floor(random(seed, place)() * 2 ** 31);
}
