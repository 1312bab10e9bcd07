/**
 * The command of the kernelspec `tslab`: starts the kernel at the project's root, so that a notebook in any folder
 * imports `./lib/...` and reads `data/...`.
 *
 * Called as `node setup/kernel/launch.cjs <connection file>`.
 */
const path = require("node:path");
const process = require("node:process");

const connectionFile = path.resolve(process.argv[2]);
process.chdir(path.join(module.path, "../.."));

require("@tslab/typescript-for-tslab"); // before tsx, which takes 200 ms to look at a file of this size
// tsx is for the kernel's own files only: what a cell imports is compiled by tslab.
const unregister = module.require("tsx/cjs/api").register();
const { startKernel } = module.require("./kernel.ts");
unregister();

startKernel(connectionFile);
