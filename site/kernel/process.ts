/** `node:process` in a worker: the global object, for cells that import it. */
export = process;
