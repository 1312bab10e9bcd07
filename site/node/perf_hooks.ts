/** `node:perf_hooks` in a worker. */
const { performance: clock } = globalThis;

export { clock as performance };
