/**
 * What npm scripts begin with: hands over to the TypeScript file that the first argument names, e.g.
 * `node setup/run.mjs setup/start.ts --no-browser`. Needs Node.js alone.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { handOver } from "./bare/hand-over.mjs";

// Without links, because what is compiled here remembers the folder.
const projectRoot = fs.realpathSync(path.join(process.argv[1], "..", ".."));

void handOver(projectRoot, process.argv[2], process.argv.slice(3));
