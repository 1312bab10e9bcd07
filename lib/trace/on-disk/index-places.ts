/** Where the lines of an indexed text begin, and what it was before it was made comparable, read from disk. */
import type { Edits } from "../comparison/edits";
import type { IndexedText, Stored } from "./index-format";
import type { Paged } from "./paged";

/** Each is read when it is asked for. */
export function placesOf({ lines, edits }: IndexedText, places: Paged) {
  return {
    lines: () => places.numbers(lines),
    edits: () => edits.map((stored) => editsAt(stored, places)),
  };
}

function editsAt(stored: Stored, places: Paged): Edits {
  const numbers = places.numbers(stored);
  const count = numbers.length / 3;
  const [starts, ends, originals] = [0, 1, 2].map((part) =>
    numbers.subarray(part * count, (part + 1) * count),
  );
  return { starts, ends, originals };
}
