/** The library that the notebooks read: four English novels, or, where they cannot be had, what is there without them. */
import { UnreachableError } from "./fetch";
import type { BookOptions } from "./gutenberg/download";
import { TextLibrary, type LibraryOptions } from "../library";
import type { Source } from "./sources";

/** Pride and Prejudice, Wuthering Heights, The Voyage Out, Emma: 3 million characters. */
export const novels: readonly Source[] = [42671, 768, 144, 158].map((gutenberg) => ({ gutenberg }));

/** Moby-Dick and two presidents, which come with the project's packages: 1.8 million characters. */
export const bundled: readonly Source[] = [
  { corpus: "moby-dick" },
  { corpus: "state-of-the-union", presidents: ["Lincoln", "Theodore Roosevelt"] },
];

/**
 * Opens the novels, which Project Gutenberg or a mirror gives once and `data/gutenberg` keeps; where neither answers, the
 * bundled texts, and says so in `notices`.
 *
 * @example const library = await openNovels({ onProgress: progressBar() });
 */
export async function openNovels(options: LibraryOptions & BookOptions = {}): Promise<TextLibrary> {
  try {
    return await TextLibrary.open(novels, options);
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    const { texts } = await TextLibrary.open(bundled, options);
    const notice =
      "Project Gutenberg cannot be reached, so the texts that come with the project take the novels' place. " +
      "A mirror can be named in the environment: GUTENBERG_MIRROR.";
    return new TextLibrary(texts, options, [notice]);
  }
}
