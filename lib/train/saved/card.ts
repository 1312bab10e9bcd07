/** The card of a network: what its user should know of it. */
import { bestValidation, validationsOf } from "../validation/best";
import type { Training } from "../training";

/** What a network's user should know of it. */
export interface Card {
  /** Titles, authors and sources of what it has read. */
  readonly texts: readonly { readonly title: string; readonly author: string; readonly source: string }[];
  /** Training steps. */
  readonly iterations: number;
  /** Mean cross-entropy on text that was held out, in nats a token; null where none was. */
  readonly validation: number | null;
  /** ISO 8601. */
  readonly date: string;
  /** Anything else. */
  readonly note?: string;
}

/** What a training knows about its network. */
export function cardOf({ library, position, best }: Training, note?: string): Card {
  const validations = validationsOf(position.history);
  const measured = best.inUse ? bestValidation(position.history) : validations.at(-1);
  const texts = new Map(
    library.texts.map(({ title, author, source, short }) => {
      const text = {
        title: short ? title.replace(/ row \d+$/, "") : title,
        author: short ? "" : author,
        source,
      };
      return [JSON.stringify(text), text];
    }),
  );
  return {
    texts: [...texts.values()],
    iterations: (best.inUse ? best.iteration : undefined) ?? position.iteration,
    validation: measured?.crossEntropy ?? null,
    date: new Date().toISOString(),
    ...(note === undefined ? {} : { note }),
  };
}
