/** A process that prepares a file and says so once it has begun: `prepare-until-killed.ts <file> <cache>`. */
import { StreamedLibrary } from "../../../lib/text/stream/streamed-library";

async function main(file: string, cache: string): Promise<void> {
  let reports = 0;
  await StreamedLibrary.open([file], {
    cache,
    onProgress: () => {
      if (++reports === 2) process.stdout.write("preparing\n");
    },
  });
}

void main(process.argv[2], process.argv[3]);
