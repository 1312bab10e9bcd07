/** `node:vm` in a worker: code runs among the worker's own global names. */
export function runInThisContext(code: string): unknown {
  return (0, eval)(code);
}

export default { runInThisContext };
