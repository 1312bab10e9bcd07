/** Whether anything at all of a space can be trained with, as far as that shows before the first trial. */
import { completeParams, type Params } from "../params";
import { canEncode } from "../../text/batches/encoded";
import { Labels } from "../../text/labels";
import type { Library } from "../../text/library";
import { settingsAtEnds } from "./ends-of-space";
import type { Space } from "./space";

/** So many settings are looked at before a space is taken to be right. */
const mostSettings = 10_000;

/**
 * Refuses a space of which every setting is against what params allow together, or takes longer windows than the texts have. Of
 * ranges the ends are looked at: what is too long in the middle is too long at the upper end, and what is too short at the lower.
 *
 * @param fixed the params that are the same for all trials
 * @throws with what is wrong with the first setting
 */
export async function refuseHopeless(library: Library, space: Space, fixed: Partial<Params>): Promise<void> {
  const told = new Map<string, string | undefined>();
  let problem: string | undefined;
  let seen = 0;
  for (const setting of settingsAtEnds(Object.entries(space) as [string, Space[keyof Space]][])) {
    if (++seen > mostSettings) return;
    const found = await problemOf(library, { ...fixed, ...setting }, told);
    if (found === undefined) return;
    problem ??= found;
  }
  throw new Error(`Expected a space with a setting that can be trained with, got none: ${problem}`);
}

/** @param told what was said of texts before, by the params that it depends on */
async function problemOf(
  library: Library,
  given: Partial<Params>,
  told: Map<string, string | undefined>,
): Promise<string | undefined> {
  try {
    const params = completeParams(given);
    const { level, maxSubwords, maxWords, labels, steps } = params;
    const key = JSON.stringify([level, maxSubwords, maxWords, labels, steps]);
    if (!told.has(key)) told.set(key, await problemOfTexts(library, params));
    return told.get(key);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function problemOfTexts(library: Library, params: Params): Promise<string | undefined> {
  const { labels, steps, level } = params;
  Labels.of(library.texts, labels);
  const vocabulary = await library.vocabularyOf(params);
  await library.prepare?.(vocabulary);
  const long = `of at least ${steps + 1} ${level} (\`steps\` + 1)`;
  if (!canEncode(library.training, vocabulary, steps))
    return `there is no text ${long} to train on. Lower \`steps\` or add longer texts.`;
  if (!canEncode(library.validation, vocabulary, steps))
    return (
      `nothing ${long} is held out, and a search compares losses on that. Lower \`steps\`, ` +
      "hold out more (`validation`) or add longer texts."
    );
  return undefined;
}
