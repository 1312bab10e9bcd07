/**
 * A process that prepares a file and reads batches of it, and tells the MB that it took at most: `memory-of-reading.ts
 * <file> <cache>`.
 */
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";
import { threads } from "../../../lib/text/batches/threads";
import { windows } from "../../../lib/text/batches/windows";

async function main(file: string, cache: string): Promise<void> {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = () => (most = Math.max(most, process.memoryUsage.rss()));
  const library = await StreamedLibrary.open([file], { cache, onProgress: look });
  for (const cut of [windows, threads]) {
    const batches = cut(library.training, await library.vocabularyOf(), {
      steps: 64,
      batchSize: 64,
      seed: 1,
    });
    for (let iteration = 0; iteration < 200; iteration++) {
      await batches.readAhead?.(iteration);
      batches.at(iteration);
      look();
    }
  }
  library.close();
  process.stdout.write(`${Math.round((most - before) / 2 ** 20)}\n`);
}

void main(process.argv[2], process.argv[3]);
