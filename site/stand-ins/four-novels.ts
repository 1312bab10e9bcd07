/** Stands for `lib/text/sources/four-novels.ts` in the browser, where the novels would have to be downloaded. */
import { TextLibrary, type LibraryOptions } from "../../lib/text/library";
import type { Source } from "../../lib/text/sources/sources";
import { bundled, novels } from "../../lib/text/sources/four-novels";

export { bundled, novels };

/** As many texts as there are novels: Moby-Dick and three presidents. */
const texts: readonly Source[] = [
  { corpus: "moby-dick" },
  { corpus: "state-of-the-union", presidents: ["Lincoln", "Theodore Roosevelt", "Wilson"] },
];

export async function openNovels(options: LibraryOptions = {}): Promise<TextLibrary> {
  const library = await TextLibrary.open(texts, options);
  return new TextLibrary(library.texts, options, [
    "This site asks for nothing outside it, so the texts that come with it take the novels' place. " +
      "Drop a book of your own into the file browser and open it by its name.",
  ]);
}
