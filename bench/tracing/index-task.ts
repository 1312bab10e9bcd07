/** An index as a task of the bench: built when it is first asked for, then looked up. */
import fs from "node:fs";
import path from "node:path";
import { trace } from "../../lib/trace/trace";
import { TraceIndex } from "../../lib/trace/on-disk/trace-index";
import type { Task } from "../answer";
import { libraryOf, samples, type SampleName } from "./index-library";

export interface IndexTaskOptions {
  readonly folder: string;
  /** Of the library. */
  readonly characters: number;
  readonly sample: SampleName;
  /** Whether `trace` is to find the same, for which it reads the whole library. */
  readonly isChecked: boolean;
}

/** @throws where `trace` finds something else */
export async function indexTask({ folder, characters, sample, isChecked }: IndexTaskOptions): Promise<Task> {
  const facts = fs.existsSync(folder) ? {} : await build(folder, characters);
  const index = await TraceIndex.open(folder);
  const text = samples[sample]();
  if (isChecked) {
    const [found, read] = [index.trace(text), trace(text, index.texts)];
    if (JSON.stringify(found.passages) !== JSON.stringify(read.passages))
      throw new Error(`Expected the index to find the ${read.passages.length} passages that \`trace\` finds`);
  }
  return { facts, run: () => index.trace(text).passages.length, close: () => index.close() };
}

/** Builds the index; says how long it took with the making of the texts, and how large it and the process grew. */
async function build(folder: string, characters: number) {
  const before = process.memoryUsage.rss();
  const began = performance.now();
  let [peak, length] = [before, 0];
  function* texts() {
    for (const text of libraryOf(characters)) {
      length += text.content.length;
      yield text;
    }
  }
  const onProgress = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  (await TraceIndex.open(folder, texts(), { onProgress })).close();
  const sizes = fs.readdirSync(folder).map((file) => fs.statSync(path.join(folder, file)).size);
  return {
    characters: length,
    buildSeconds: (performance.now() - began) / 1000,
    indexBytes: sizes.reduce((sum, size) => sum + size, 0),
    memoryBytes: peak - before,
  };
}
