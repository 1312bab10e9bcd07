/** Names that somebody may have misspelt. */
import { nearest } from "./nearest";

/**
 * @param known the names that there are
 * @param of what an option is one of, as the end of "Unknown option `x`"
 * @throws where a name is none of these, as a misspelt one, with those that are and the one that was meant
 */
export function checkNames(
  known: readonly string[],
  names: readonly string[],
  { kind = "option", of = "" } = {},
): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  const hint = meant === undefined ? "" : `. Did you mean \`${meant}\`?`;
  throw new Error(`Unknown ${kind} \`${unknown}\`${of}; there are ${known.join(", ")}${hint}`);
}
