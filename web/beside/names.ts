/** What stands beside the page in its folder, each a script: see `pack.ts`. */

/** The program that computes. */
export const workerFile = "worker.js";

/** The network, as `saveModel` writes it. */
export const networkFile = "network.js";

/** The texts that it has read. */
export const libraryFile = "library.js";
