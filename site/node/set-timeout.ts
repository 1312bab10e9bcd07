/** `setTimeout` of `node:timers/promises` in a worker. */

interface Options {
  readonly signal?: AbortSignal;
}

/** Waits so many milliseconds, and gives the value. Rejects where the signal is aborted before. */
export function setTimeout<Value>(
  milliseconds = 0,
  value?: Value,
  { signal }: Options = {},
): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new DOMException("The operation was aborted", "AbortError"));
    };
    const timer = globalThis.setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve(value);
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
