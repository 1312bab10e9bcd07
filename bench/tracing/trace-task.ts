/** Tracing as a task of the bench: a sample held against texts that a file brings along. */
import fs from "node:fs";
import type { Text } from "../../lib/text/text";
import { trace } from "../../lib/trace/trace";
import type { Task } from "../answer";

/** What a file for tracing holds; `peers/source_highlight.py` reads it too. */
export interface TracingTexts {
  readonly sample: string;
  readonly texts: readonly Text[];
}

export function traceTask({ file, minLength }: { file: string; minLength: number }): Task {
  const { sample, texts } = JSON.parse(fs.readFileSync(file, "utf8")) as TracingTexts;
  return { facts: {}, run: () => trace(sample, texts, { minLength }).passages.length, close() {} };
}
