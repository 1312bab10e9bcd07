/** What is held out beside the texts that a library trains on: whoever has these can ask for that. */
import type { Part, Text } from "./text";

const known = new WeakMap<readonly (Text | Part)[], readonly Part[]>();

/** Remembers what a library holds out beside its training parts, as long as those are in memory. */
export function rememberHeldOut(training: readonly Part[], heldOut: readonly Part[]): void {
  known.set(training, heldOut);
}

/** What is held out beside the training parts of a library; nothing where the texts are not those of one, or it holds out nothing. */
export function heldOutBeside(texts: readonly (Text | Part)[]): readonly Part[] {
  return known.get(texts) ?? [];
}
