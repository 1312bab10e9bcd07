/** One of several processes that write the same folder: `write-again-and-again.ts <folder>`. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { writeWholeFolder } from "../../../lib/base/files/atomic-write";

async function main(folder: string): Promise<void> {
  for (let count = 0; count < 200; count++)
    await writeWholeFolder(folder, (part) => {
      writeFileSync(path.join(part, "a"), String(count));
      return Promise.resolve();
    });
}

void main(process.argv[2]);
