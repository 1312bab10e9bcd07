/** Whether a network is surer where it copies. */
import type { Look } from "./messages";

export interface Sureness {
  /** The mean probability of letters that lie in copied passages; absent where there are none. */
  readonly copied?: number;
  /** The same of the others. */
  readonly other?: number;
}

export function sureness(samples: Look["samples"]): Sureness {
  const letters = samples.flatMap(({ pieces, letters }) => {
    const copies = pieces.flatMap(({ text, copy }) => [...text].map(() => copy !== undefined));
    return letters.map(({ probability }, index) => ({ probability, isCopied: copies[index] }));
  });
  const mean = (isCopied: boolean) => {
    const some = letters.filter((letter) => letter.isCopied === isCopied);
    return some.length
      ? some.reduce((sum, { probability }) => sum + probability, 0) / some.length
      : undefined;
  };
  return { copied: mean(true), other: mean(false) };
}
