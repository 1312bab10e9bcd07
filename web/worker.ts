/** The worker of the page: hears what the page asks of the network (`poet.ts`), and tells it what comes of it. */
import type { ToPage, ToWorker } from "./messages";
import { unpackLibrary } from "./beside/unpack";
import { Poet } from "./poet";
import type { Part } from "../lib/text/text";

const page = self as unknown as {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: ToPage): void;
};
const tell = (message: ToPage) => page.postMessage(message);

let bring: (texts: readonly Part[] | Promise<never>) => void;
const library = new Promise<readonly Part[]>((resolve) => (bring = resolve));
library.catch(() => undefined); // told where the texts are wanted
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
  if (asked.type === "texts") return bring(textsOf(asked.library));
  if (asked.type === "open") poet = Poet.open(asked.network, library, tell);
  if (!poet) throw new Error("Expected the network to be opened first");
  const network = await poet;
  switch (asked.type) {
    case "open":
      return;
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

function textsOf(packed: string | Error): readonly Part[] | Promise<never> {
  try {
    if (packed instanceof Error) throw packed;
    return unpackLibrary(packed);
  } catch (error) {
    return Promise.reject(error as Error);
  }
}
