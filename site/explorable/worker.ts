/** The worker of the explorable: hears what the page asks of the network (`learning/learner.ts`), and tells what comes of it. */
import { startComputing } from "../../web/computing/start";
import { Learner } from "./learning/learner";
import type { ToPage, ToWorker } from "./messages";

const page = self as unknown as {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: ToPage): void;
};
const tell = (message: ToPage) => page.postMessage(message);
const learner = new Learner(tell);

const computing = startComputing();
computing.then((by) => tell({ type: "ready", computing: by })).catch(fail);

page.onmessage = ({ data }) => void answer(data).catch(fail);

async function answer(asked: ToWorker): Promise<void> {
  await computing;
  if (asked.type === "read") return learner.read(asked.order);
  if (asked.type === "write") return learner.write(asked.run, asked.temperature);
  return learner.stop();
}

function fail(error: unknown): void {
  tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
}
