/** The worker of the page: hears what the page asks of the network (`poet.ts`), and tells it what comes of it. */
import { startComputing } from "./computing/start";
import type { ToPage, ToWorker } from "./messages";
import { unpackLibrary } from "./beside/unpack";
import { Poet } from "./poet";
import type { PackedLibrary } from "./beside/traced-in";

const page = self as unknown as {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: ToPage): void;
};
const tell = (message: ToPage) => page.postMessage(message);

/** Begins while the network is on its way. */
const computing = startComputing();
computing.catch(() => undefined); // told where the network is opened

let bring: (texts: PackedLibrary | Promise<never>) => void;
const library = new Promise<PackedLibrary>((resolve) => (bring = resolve));
library.catch(() => undefined); // told where the texts are wanted
let poet: Promise<Poet> | undefined;

page.onmessage = ({ data }) => {
  answer(data).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    tell({
      type: "failed",
      at: data.type,
      message,
      ...(data.type === "learn" && { lesson: data.lesson }),
      ...(data.type === "write" && { writing: data.writing }),
    });
  });
};

async function answer(asked: ToWorker): Promise<void> {
  if (asked.type === "texts") return bring(textsOf(asked.library));
  if (asked.type === "open") poet = open(asked.network);
  if (!poet) throw new Error("Expected the network to be opened first");
  const network = await poet;
  switch (asked.type) {
    case "open":
      return;
    case "predict":
      return network.predict(asked.text, asked.labels);
    case "write":
      return network.write(asked);
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

async function open(network: string): Promise<Poet> {
  return Poet.open(network, { computing: await computing, library, tell });
}

function textsOf(packed: string | Error): PackedLibrary | Promise<never> {
  try {
    if (packed instanceof Error) throw packed;
    return unpackLibrary(packed);
  } catch (error) {
    return Promise.reject(error as Error);
  }
}
