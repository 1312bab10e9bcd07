/** The map of a book as a page of its own, in one file that can be sent to anybody. */
import { writeFile } from "node:fs/promises";
import { writeWhole } from "../../base/files/atomic-write";
import type { BookMap } from "../../generate/memory/book-map";
import type { LabelledMap } from "../map/bands";
import { mapStrips, walkScript } from "../map/strip";
import { page } from "./page";

/**
 * Writes the map to an HTML file that needs no other file, no server and no network, and follows the reader's light or
 * dark theme.
 *
 * @param file its folder is made where there is none; a file of that name is replaced once the new one is whole
 * @example await saveMap(await mapOfBook(model, library.training[3]), "data/emma.html", { title: "What it knows of Emma" })
 */
export async function saveMap(
  maps: BookMap | readonly LabelledMap[],
  file: string,
  { title = "What a network knows of a book" }: { readonly title?: string } = {},
): Promise<void> {
  const body = mapStrips(maps);
  const css = "main > div:last-of-type { border: 0; padding: 0; }";
  await writeWhole(file, (part) =>
    writeFile(part, page({ title, body, css, scripts: [walkScript()], data: null })),
  );
}
