/** Of each letter of a sample, whether and from where it is copied. */
import type { Piece, Sample } from "./messages";

/** In the order of the letters; undefined where nothing is copied. */
export function copiesOf({ pieces }: Pick<Sample, "pieces">): Piece["copy"][] {
  return pieces.flatMap(({ text, copy }) => [...text].map(() => copy));
}
