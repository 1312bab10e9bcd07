/** A search of seconds. */
import { search, type SearchEvent, type SearchOptions } from "../../../lib/train/search/search";
import type { Space } from "../../../lib/train/search/space";
import { smallLibrary, smallParams } from "../small";

export const smallSpace: Space = {
  neurons: { from: 4, to: 24, step: 4 },
  layers: [1, 2],
  learningRate: { from: 1e-3, to: 1e-1, log: true },
  dropout: { from: 0, to: 0.5 },
};

const { steps, batchSize, warmup } = smallParams;

export const smallSearch: Omit<SearchOptions, "folder"> = {
  trials: 4,
  params: { steps, batchSize, warmup, iterations: 20 },
  training: { validateEvery: 5 },
  heartbeat: 1,
  grace: 3,
};

/** Searches, and collects what happens. */
export async function searched(folder: string, options: Partial<SearchOptions> = {}): Promise<SearchEvent[]> {
  const events: SearchEvent[] = [];
  for await (const event of search(smallLibrary(), smallSpace, { ...smallSearch, folder, ...options }))
    events.push(event);
  return events;
}

/** One for several processes, in which a trial takes long enough to be killed in. */
export const manyTrials: Omit<SearchOptions, "folder"> = {
  ...smallSearch,
  ...{ trials: 10, prune: false, grace: 3 },
  params: { ...smallSearch.params, iterations: 200 },
};
