/** The samples of a training on its way. */
import { write } from "../generate/generate";
import type { SampleEvent } from "./events";
import type { CompleteOptions } from "./options";
import type { Training } from "./training";

/**
 * A sample at each temperature; the seed is the iteration's, so that a training told again tells the same.
 *
 * @param iteration after which the network had the weights that it has now
 */
export async function* samples(
  { model, position }: Training,
  { temperatures, sampleLength, prompt }: CompleteOptions,
  stopped: () => boolean,
  iteration = position.iteration,
): AsyncGenerator<SampleEvent, void, void> {
  for (const temperature of temperatures) {
    if (stopped()) return;
    const text = await write(model, {
      prompt,
      length: sampleLength,
      temperature,
      seed: model.params.seed + iteration,
    });
    yield { type: "sample", iteration, temperature, prompt, text };
  }
}
