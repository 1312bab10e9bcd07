/** The ground on which a copy is shown. */
import type { Passage } from "../../trace/trace";
import { groundColor } from "../style/palette";
import { ink, paper } from "../style/themes";
import { depthOf } from "./memorised";

/** The ground of up to three sources, as bands of the same height. Of a source's copies the deepest tells how strong it is. */
export function groundStyle(passages: readonly Passage[]): string {
  const colors = [...highestBySource(passages, depthOf)]
    .slice(0, 3)
    .map(([text, depth]) => (depth < 0 ? paper : groundColor(text, depth)));
  const ground = `color:${ink};background-color:${colors[0]}`;
  if (colors.length === 1) return ground;
  const stops = colors.flatMap((color, band) => {
    return [band, band + 1].map((edge) => `${color} ${Math.round((100 * edge) / colors.length)}%`);
  });
  return `${ground};background-image:linear-gradient(to bottom,${stops.join(",")})`;
}

/** Of each text that the passages stand in, the length of the longest that does. */
export function longestBySource(passages: readonly Passage[]): Map<number, number> {
  return highestBySource(passages, ({ length }) => length);
}

function highestBySource(
  passages: readonly Passage[],
  numberOf: (passage: Passage) => number,
): Map<number, number> {
  const highest = new Map<number, number>();
  for (const passage of passages) {
    const number = numberOf(passage);
    for (const { text } of passage.sources) highest.set(text, Math.max(highest.get(text) ?? -1, number));
  }
  return highest;
}
