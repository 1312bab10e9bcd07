/** `node:util` in a worker: values as text as Node.js writes them, and what packages ask of it besides. */
import { format, formatWithOptions, inspect } from "node-inspect-extracted";

const [Encoder, Decoder] = [TextEncoder, TextDecoder];

export { Decoder as TextDecoder, Encoder as TextEncoder, format, formatWithOptions, inspect };

/** A function that takes a callback, as one that gives a promise. */
export function promisify(work: (...given: unknown[]) => void) {
  return (...given: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      work(...given, (error: unknown, value: unknown) => (error ? reject(error as Error) : resolve(value)));
    });
}

export function inherits(of: { prototype: object }, from: { prototype: object }): void {
  Object.setPrototypeOf(of.prototype, from.prototype);
}

export const deprecate = <Work>(work: Work): Work => work;

export const types = {
  isUint8Array: (value: unknown): boolean => value instanceof Uint8Array,
};

export default { format, formatWithOptions, inspect, promisify, inherits, deprecate, types };
