/**
 * A sample with a passage that a network copied, sure of itself, and words at which it was surprised, for tests of what
 * is shown.
 */
import type { Surprised } from "../../../lib/trace/surprised";
import type { Trace } from "../../../lib/trace/trace";
import { compared } from "./made-up-comparison";

const sure = 0.05;

/** At 4 nats in "laughed", 1.5 in "She said", sure everywhere else, and of the exclamation mark nothing is known. */
export const surprising: Trace & Surprised = {
  ...compared,
  surprise: Float32Array.from(compared.sample, (character, at) => {
    if (character === "!") return NaN;
    if (at < "She said".length) return 1.5;
    const laughed = compared.sample.indexOf("laughed");
    return at >= laughed && at < laughed + "laughed".length ? 4 : sure;
  }),
};
