/** What a command traces samples in: the texts of a run, or an index of those that are read from disk. */
import { constants } from "node:buffer";
import { createHash } from "node:crypto";
import path from "node:path";
import { progressBar } from "../../lib/show/progress-bar";
import type { Library } from "../../lib/text";
import { traceable, type Traceable, TraceIndex } from "../../lib/trace";
import type { GivenTexts } from "./given-texts";
import { say } from "../output";

export interface TracedInOptions {
  readonly quiet?: boolean;
  readonly minLength?: number;
}

/**
 * The training parts of a library; of one that is read from disk an index of them, which is built where there is none, since
 * whoever traces without one reads all of them for every sample.
 *
 * @returns nothing where a text is too long to be traced in, which is said
 */
export async function tracedIn(
  library: Library,
  { stream }: Pick<GivenTexts, "stream">,
  { quiet, minLength }: TracedInOptions = {},
): Promise<Traceable | undefined> {
  if (!stream) return traceable(library);
  const long = library.training.find(({ stored }) => (stored?.length ?? 0) > constants.MAX_STRING_LENGTH);
  if (long) {
    say(
      `What is written is not traced: "${long.title}" has ${long.stored?.length} characters, more than the ` +
        `${constants.MAX_STRING_LENGTH} that can be looked through at once. Cut the file into several to see what is copied.`,
    );
    return undefined;
  }
  const sources = library.texts.map(({ source }) => source).join("\n");
  const name = createHash("sha256").update(sources).digest("hex").slice(0, 16);
  const onProgress = quiet ? {} : { onProgress: progressBar(process.stderr) };
  const options = { ...(minLength === undefined ? {} : { minLength }), ...onProgress };
  return TraceIndex.open(path.join("data", "indexes", name), library.training, options);
}
