/** The worker of a page that is timed (`bench/training/in-page.ts`): what computes in it is what computes in an exported page. */
import type { Task } from "../bench/answer";
import type { Asked } from "../bench/training/page-messages";
import { step } from "../bench/training/step";
import { startComputing } from "./computing/start";

const page = self as unknown as {
  onmessage: (event: { readonly data: Asked }) => void;
  postMessage(message: { readonly number: number; readonly reply?: unknown; readonly error?: string }): void;
};
const computing = startComputing();
const opened = new Map<string, Task>();

page.onmessage = ({ data }) => {
  const { number } = data;
  answer(data).then(
    (reply) => page.postMessage({ number, reply }),
    (error: unknown) => page.postMessage({ number, error: String(error) }),
  );
};

async function answer(asked: Asked): Promise<unknown> {
  const { by, threads, problem } = await computing;
  if (problem) throw new Error(problem);
  if ("about" in asked) return { by, threads };
  if ("open" in asked) {
    const task = await step(asked.options);
    opened.set(asked.open, task);
    return task.facts;
  }
  if ("run" in asked) return opened.get(asked.run)!.run();
  opened.get(asked.close)!.close();
  return opened.delete(asked.close);
}
