/** Whether a network is surer where it copies. */
import { copiesOf } from "./copies";
import type { Look } from "./messages";

export interface Sureness {
  /** The mean probability of letters that lie in copied passages; absent where there are none. */
  readonly copied?: number;
  /** The same of the others. */
  readonly other?: number;
}

export function sureness(samples: Look["samples"]): Sureness {
  const letters = samples.flatMap((sample) => {
    const copies = copiesOf(sample);
    return sample.letters.map(({ probability }, at) => ({ probability, isCopied: copies[at] !== undefined }));
  });
  const mean = (isCopied: boolean) => {
    const some = letters.filter((letter) => letter.isCopied === isCopied);
    return some.length
      ? some.reduce((sum, { probability }) => sum + probability, 0) / some.length
      : undefined;
  };
  return { copied: mean(true), other: mean(false) };
}
