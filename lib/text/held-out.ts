/** What is held out beside the texts that a library trains on: whoever has these can ask for that. */
import type { Part, Text } from "./text";

/** What a library trains on, and what it holds out. */
export interface HeldOut {
  readonly training: readonly Part[];
  readonly validation: readonly Part[];
}

const known = new WeakMap<readonly (Text | Part)[], HeldOut>();

/** Remembers of some texts, or of what a library trains on, what is held out, as long as they are in memory. */
export function rememberHeldOut(texts: readonly (Text | Part)[], heldOut: HeldOut): void {
  known.set(texts, heldOut);
}

/** What is held out of some texts; nothing where they are not those of a library or an index. */
export function heldOutBeside(texts: readonly (Text | Part)[]): HeldOut | undefined {
  return known.get(texts);
}
