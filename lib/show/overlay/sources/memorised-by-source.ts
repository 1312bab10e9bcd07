/** How much harder the passages of each text are for a network that has not read it, in nats a character. */
import type { Trace } from "../../../trace/trace";
import { counterfactualOf } from "../memorised";

/** The mean over the characters of the passages that each text owes most to, as their counterfactuals say. */
export function memorisedBySource(traces: readonly Trace[]): Map<number, number> {
  const found = new Map<number, { sum: number; characters: number }>();
  for (const passage of traces.flatMap(({ passages }) => passages)) {
    const compared = counterfactualOf(passage);
    if (!compared) continue;
    const { sum, characters } = found.get(compared.text) ?? { sum: 0, characters: 0 };
    found.set(compared.text, {
      sum: sum + compared.difference * compared.compared,
      characters: characters + compared.compared,
    });
  }
  return new Map([...found].map(([text, { sum, characters }]) => [text, sum / characters]));
}
