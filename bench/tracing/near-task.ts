/** Near copies as a task of the bench: what `traceNear` finds of the passages that were planted in a sample. */
import fs from "node:fs";
import { traceNear } from "../../lib/trace/near/trace-near";
import type { Task } from "../answer";
import { foundOf, type Planted } from "./planted";
import type { TracingTexts } from "./trace-task";

/** What a file for near copies holds; `peers/near_copies.py` reads it too. */
export interface NearTexts extends TracingTexts {
  readonly planted: readonly Planted[];
}

/** Its facts are the shares found, its result the number of passages. */
export function nearTask({ file }: { file: string }): Task {
  const { sample, texts, planted } = JSON.parse(fs.readFileSync(file, "utf8")) as NearTexts;
  const passages = () => traceNear(sample, texts).passages;
  return { facts: foundOf(planted, passages()), run: () => passages().length, close() {} };
}
