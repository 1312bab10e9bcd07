/** The map of a book in a line of blocks for each network, for a terminal. For notebooks and pages there is `strip.ts`. */
import type { BookMap } from "../../generate/memory/book-map";
import type { TerminalOptions } from "../overlay/in-terminal";
import { visible } from "../style/visible";
import { bandedMaps, type BandedMap, type LabelledMap } from "./bands";
import { fullHeight, heading, placeOf, summary } from "./words";

const columns = 72;
const blocks = " ▁▂▃▄▅▆▇█";

/**
 * A line of blocks for each network, from the beginning of the book to its end, the higher the farther it goes on word for word;
 * below it what it goes on with from its farthest place.
 *
 * @throws where there is no map
 * @example console.log(mapText(await mapOfBook(model, book)))
 */
export function mapText(
  maps: BookMap | readonly LabelledMap[],
  { color = Boolean(process.stdout.isTTY) && process.stdout.hasColors() }: TerminalOptions = {},
): string {
  const banded = bandedMaps(maps, { bands: columns });
  const full = fullHeight(banded);
  const rows = banded.map((map) => rowOf(map, { full, color }));
  return [visible(heading(banded[0].map)), ...rows].join("\n\n");
}

function rowOf(map: BandedMap, { full, color }: { readonly full: number; readonly color: boolean }): string {
  const { label, bands } = map;
  const line = bands.map(({ verbatim }) => blocks[Math.ceil(Math.min(1, verbatim / full) * 8)]).join("");
  const longest = bands.reduce((one, other) => (other.verbatim > one.verbatim ? other : one));
  const { before, passage, after } = longest.words;
  const marked = color ? `\x1b[7m${visible(passage)}\x1b[27m` : `«${visible(passage)}»`;
  const words = `${visible(before)}${marked}${visible(after)}`.replace(/\s+/g, " ");
  return [
    visible([...(label ? [label] : []), summary(map)].join(" · ")),
    `|${line}|`,
    `${placeOf(longest)}: ${words.trim()}`,
  ].join("\n");
}
