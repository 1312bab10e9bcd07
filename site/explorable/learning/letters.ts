/** How sure a network is of each character of a text, and what it held likelier. */
import { likelihood } from "../../../lib/generate/memory/likelihood";
import type { Model } from "../../../lib/network/model";
import type { Letter } from "../messages";

/** How many of the likeliest characters are told. */
const told = 4;

/**
 * Reads a text once.
 *
 * @param prompt what it has read before, of which nothing is told; a line break where it is ""
 */
export async function lettersOf(model: Model, prompt: string, text: string): Promise<Letter[]> {
  const { logProbability, alternatives = [] } = await likelihood(model, text, { prompt, alternatives: told });
  return alternatives.map(({ start, end, likeliest }) => {
    const nats = logProbability.subarray(start, end).reduce((sum, ofUnit) => sum + ofUnit, 0);
    // A letter that it does not know it cannot write.
    return { text: text.slice(start, end), probability: Number.isNaN(nats) ? 0 : Math.exp(nats), likeliest };
  });
}
