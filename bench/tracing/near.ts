/** Near copies in the four novels: this project's `traceNear` beside what others have for such a search. */
import fs from "node:fs";
import path from "node:path";
import { stateOfTheUnion } from "../../lib/text/sources/corpora";
import { openNovels } from "../../lib/text/sources/four-novels";
import { contest, type Contender, type ContestOptions, type Results } from "../contest";
import type { Programs } from "../programs";
import { ratio } from "../statistics";
import type { NearTexts } from "./near-task";
import { percents, plantedSample } from "./planted";

export interface NearRow {
  readonly by: string;
  readonly milliseconds: number;
  readonly fastest: number;
  /** Passages, windows or ends, whichever it gives. */
  readonly results: number;
  /** The share of the planted characters that was found, by how much of them was changed: "5 %". */
  readonly found: Readonly<Record<string, number>>;
  /** How many times as long it takes as this project's. */
  readonly timesOurs: number;
}

export interface NearResults extends Results<NearRow> {
  /** Characters of the library and of the sample. */
  readonly characters: number;
  readonly sample: number;
  /** What took the place of texts that cannot be had. */
  readonly notices: readonly string[];
}

/** What a peer finds by: `peers/near_copies.py` has a task of each name. */
const peers = {
  "edlib, windows of 40": "edlib",
  "rapidfuzz, windows of 40": "rapidfuzz",
  "parasail, the best end alone": "parasail",
} as const;

/** @param folder where the texts are laid for the programs; removed by the caller */
export async function timeNear(
  { own, near }: Pick<Programs, "own" | "near">,
  folder: string,
  options: ContestOptions,
): Promise<NearResults> {
  const { texts, notices } = await openNovels();
  const filler = stateOfTheUnion({ presidents: "Taft" });
  const { sample, planted } = plantedSample(texts, filler, 2000);
  const file = path.join(folder, "near.json");
  fs.writeFileSync(file, JSON.stringify({ sample, texts, planted } satisfies NearTexts));
  const contenders: Contender[] = [
    { name: "traceNear", program: own, task: "near", options: { file } },
    ...(near
      ? Object.entries(peers).map(([name, task]) => ({ name, program: near, task, options: { file } }))
      : []),
  ];
  const outcomes = await contest(contenders, options);
  const rows = outcomes.map(({ name, median, fastest, result, facts, times }): NearRow => {
    const found = Object.fromEntries(percents.map((one) => [`${one} %`, Number(facts[`${one} %`])]));
    return {
      by: name,
      milliseconds: median,
      fastest,
      results: result,
      found,
      timesOurs: ratio(times, outcomes[0].times),
    };
  });
  const characters = texts.reduce((sum, { content }) => sum + content.length, 0);
  return { rows, outcomes, characters, sample: sample.length, notices };
}
