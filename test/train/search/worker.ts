/** A process that takes part in a search: `worker.ts <folder> <name> <storage>`; tells each event in a line. */
import { search } from "../../../lib/train/search/search";
import { smallLibrary } from "../small";
import { manyTrials, smallSpace } from "./small";

async function main(folder: string, name: string, storage: string | undefined): Promise<void> {
  for await (const event of search(smallLibrary(), smallSpace, { ...manyTrials, folder, name, storage }))
    process.stdout.write(`${JSON.stringify(event)}\n`);
}

const [folder, name, storage] = process.argv.slice(2);
void main(folder, name, storage);
