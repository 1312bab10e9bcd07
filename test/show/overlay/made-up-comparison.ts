/** A sample of which one passage was memorised and one is merely likely, for tests of what is shown. */
import type { CounterfactualTrace } from "../../../lib/trace/counterfactual";
import { trace } from "../../../lib/trace/trace";
import { textOf } from "../../trace/texts";

const books = [
  { ...textOf("a crooked vane sang by the flooded quay, as far as I could tell.", "Vanes"), index: 2 },
  { ...textOf("There he stood, as far as I could tell, and read the evening paper.", "Papers"), index: 0 },
];
const sample = "She said: a crooked vane sang by the flooded quay! Then as far as I could tell he laughed.";
export const traced = trace(sample, books, { minLength: 20 });
const differences = [1.25, 0.04];
export const compared: CounterfactualTrace = {
  ...traced,
  passages: traced.passages.map((passage, index) => ({
    ...passage,
    counterfactual: {
      ...{ text: index, crossEntropy: 0.2, crossEntropyWithout: 0.2 + differences[index] },
      ...{ difference: differences[index], compared: passage.length },
    },
  })),
};
