/** The worker of a page, in which the network is. */
import { gunzipSync, strFromU8 } from "fflate";
import { bytesOf } from "./beside/base64";
import { load } from "./beside/load";
import { workerFile } from "./beside/names";

/**
 * The page's policy holds in a worker that the page has made of a script's text, and not in one that the browser has loaded
 * by its address; of a file a browser loads none by its address.
 */
export async function startWorker<ToPage>(
  hear: (message: ToPage) => void,
  fail: (words: string) => void,
): Promise<Worker> {
  const script = strFromU8(gunzipSync(bytesOf(await load(workerFile), workerFile)));
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  worker.onmessage = ({ data }: MessageEvent<ToPage>) => hear(data);
  worker.onerror = ({ message }) => fail(message);
  return worker;
}
