/** The program that runs this project's own code for the bench. */
import { implementations } from "../lib/network/implementation";
import { abilities, operationsProblem } from "../lib/network/lstm/fused/operations";
import { ready } from "../lib/network/tensorflow";
import { write } from "../lib/generate/generate";
import { answerRequests, type Facts, type Task } from "./answer";
import type { NetworkSize } from "./training/network-size";
import { attention, createModel, step, words, type Way } from "./training/step";
import { indexTask } from "./tracing/index-task";
import { matmul } from "./training/matmul";
import { nearTask } from "./tracing/near-task";
import { traceTask } from "./tracing/trace-task";

export async function main(): Promise<number> {
  const { version } = await ready();
  const running = implementations.filter(({ problem }) => problem() === "").map(({ name }) => name);
  const ours = operationsProblem() === "" ? abilities() : undefined;
  const about: Facts = {
    node: process.versions.node,
    tensorflow: version,
    implementations: running.join(" "),
    lanes: ours?.lanes ?? 0,
    threads: ours?.threads ?? 0,
    bfloat16: ours?.bfloat16 ? "yes" : "no",
  };
  await answerRequests(
    { step, words, attention, generation, matmul, trace: traceTask, near: nearTask, index: indexTask },
    about,
  );
  return 0;
}

/** Writes `length` characters from scratch. */
async function generation({ length, ...size }: NetworkSize & Way & { length: number }): Promise<Task> {
  const model = await createModel(size);
  return {
    facts: { weights: model.size, characters: length },
    run: async () => (await write(model, { length, temperature: 0.8 })).length,
    close: () => model.dispose(),
  };
}
