/** The settings at the ends of a space: all of its choices, and of its ranges both ends. */
import { type Choice, isRange, type Space } from "./space";

export function* settingsAtEnds(
  entries: readonly [string, Space[keyof Space]][],
): Generator<Record<string, Choice>> {
  const [first, ...others] = entries;
  if (first === undefined) {
    yield {};
    return;
  }
  const [name, entry] = first;
  const values = entry === undefined ? [] : isRange(entry) ? [entry.from, entry.to] : entry;
  for (const value of values) for (const rest of settingsAtEnds(others)) yield { [name]: value, ...rest };
}
