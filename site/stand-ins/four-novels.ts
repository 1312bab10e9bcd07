/** Stands for `lib/text/sources/four-novels.ts` in the browser, where the novels would have to be downloaded. */
import { TextLibrary, type LibraryOptions } from "../../lib/text/library";
import { bundled, novels } from "../../lib/text/sources/four-novels";

export { bundled, novels };

export async function openNovels(options: LibraryOptions = {}): Promise<TextLibrary> {
  const { texts } = await TextLibrary.open(bundled, options);
  return new TextLibrary(texts, options, [
    "This site asks for nothing outside it, so the texts that come with it take the novels' place. " +
      "Drop a book of your own into the file browser and open it by its name.",
  ]);
}
