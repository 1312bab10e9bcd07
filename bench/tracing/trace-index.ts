/** Tracing with an index on disk, in a library too large to be read each time. */
import path from "node:path";
import { contest, type ContestOptions, type Results } from "../contest";
import { samples, type SampleName } from "./index-library";
import type { IndexTaskOptions } from "./index-task";
import type { Programs } from "../programs";

export interface IndexRow {
  /** What the sample is of. */
  readonly sample: string;
  readonly milliseconds: number;
  readonly fastest: number;
  readonly passages: number;
}

export interface IndexResults extends Results<IndexRow> {
  readonly characters: number;
  /** With the making of the texts. */
  readonly buildSeconds: number;
  /** Of all files, the texts among them. */
  readonly indexBytes: number;
  /** By how much the process grew while it built. */
  readonly memoryBytes: number;
}

/**
 * Builds an index, sees for one sample that `trace` finds the same, and times the samples. The files are in the system's
 * cache: they have just been written and read.
 *
 * @param folder where the index is laid; removed by the caller
 */
export async function timeIndex(
  { own }: Pick<Programs, "own">,
  folder: string,
  { characters, ...options }: ContestOptions & { readonly characters: number },
): Promise<IndexResults> {
  const names = Object.keys(samples) as SampleName[];
  const contenders = names.map((sample) => {
    const isChecked = sample === "pieces of the library";
    const task: IndexTaskOptions = { folder: path.join(folder, "index"), characters, sample, isChecked };
    return { name: sample, program: own, task: "index", options: task };
  });
  const outcomes = await contest(contenders, options);
  const rows = outcomes.map(({ name, median, fastest, result }) => {
    return { sample: name, milliseconds: median, fastest, passages: result };
  });
  const { facts } = outcomes[0];
  return {
    rows,
    outcomes,
    characters: Number(facts.characters),
    buildSeconds: Number(facts.buildSeconds),
    indexBytes: Number(facts.indexBytes),
    memoryBytes: Number(facts.memoryBytes),
  };
}
