/** The ground on which a copy is shown. */
import type { Passage } from "../../trace/trace";
import { groundColor, ink } from "../style/palette";

/** The ground of up to three sources, as bands of the same height. Of a source's copies the longest tells how strong it is. */
export function groundStyle(passages: readonly Passage[]): string {
  const colors = [...longestBySource(passages)]
    .slice(0, 3)
    .map(([text, length]) => groundColor(text, length));
  const ground = `color:${ink};background-color:${colors[0]}`;
  if (colors.length === 1) return ground;
  const stops = colors.flatMap((color, band) => {
    return [band, band + 1].map((edge) => `${color} ${Math.round((100 * edge) / colors.length)}%`);
  });
  return `${ground};background-image:linear-gradient(to bottom,${stops.join(",")})`;
}

/** Of each text that the passages stand in, the length of the longest that does. */
export function longestBySource(passages: readonly Passage[]): Map<number, number> {
  const lengths = new Map<number, number>();
  for (const { length, sources } of passages) {
    for (const { text } of sources) lengths.set(text, Math.max(lengths.get(text) ?? 0, length));
  }
  return lengths;
}
