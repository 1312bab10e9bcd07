/** The worker of the page: hears what the page asks of the network (`poet.ts`), and tells it what comes of it. */
import type { ToPage, ToWorker } from "./messages";
import { Poet } from "./poet";

const page = self as unknown as {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: ToPage): void;
};
const tell = (message: ToPage) => page.postMessage(message);

let folder = "";
let poet: Promise<Poet> | undefined;

page.onmessage = ({ data }) => {
  answer(data).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    tell({
      type: "failed",
      at: data.type,
      message,
      ...(data.type === "learn" ? { lesson: data.lesson } : {}),
    });
  });
};

async function answer(asked: ToWorker): Promise<void> {
  if (asked.type === "open") {
    folder = asked.folder;
    poet = Poet.open(folder, tell);
  }
  if (!poet) throw new Error("Expected the network to be opened first");
  const network = await poet;
  switch (asked.type) {
    case "open":
      return;
    case "engine":
      return network.engine(asked.engine, folder);
    case "predict":
      return network.predict(asked.text, asked.labels);
    case "write":
      return network.write(asked.text, asked.manner);
    case "stop-writing":
      return network.stopWriting();
    case "learn":
      return network.learn(asked, new Uint8Array(asked.bytes));
    case "stop-learning":
      return network.stopLearning();
    case "reset":
      return network.reset();
  }
}
