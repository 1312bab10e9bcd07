/**
 * Networks of one size, deep or shallow: how many neurons their layers can have. What a network holds,
 * `initial-weights.ts` says.
 */
import { OptionError } from "../base/option-error";
import { Labels } from "../text/labels";
import { featureWidth, headWidth } from "./initial-weights";
import { headColumns, tailsOf } from "./layers/adaptive-softmax";
import { cutoffsOf } from "./layers/cutoffs";
import { labelWidth } from "./layers/conditioning";
import { completeNetworkParams, maxNeurons, type NetworkParams } from "./params";

/** Of a network without labels, whatever it has but the number of neurons. */
export interface Shape extends Partial<Omit<NetworkParams, "neurons" | "labels">> {
  /** How many tokens the network knows, the unknown one counted. */
  readonly vocabulary: number;
}

/**
 * How many neurons the layers of a network can have that is to learn `weights` numbers at most, as `Model.size` counts them:
 * with it, deep networks are compared with shallow ones of the same size.
 *
 * @throws where the weights do not suffice for layers of one neuron, and where a parameter is out of range
 * @example neuronsFor(250_000, { layers: 8, vocabulary: 120 }) // 60
 */
export function neuronsFor(weights: number, { vocabulary, ...shape }: Shape): number {
  const size = (neurons: number) => sizeOf(completeNetworkParams({ ...shape, neurons }), vocabulary);
  if (!(weights >= size(1))) {
    throw new OptionError(
      "weights",
      `>= ${size(1)}, so many as layers of one neuron have`,
      weights,
      ". Take fewer layers.",
    );
  }
  let [enough, tooMany] = [1, maxNeurons + 1];
  while (enough + 1 < tooMany) {
    const middle = Math.floor((enough + tooMany) / 2);
    if (size(middle) <= weights) enough = middle;
    else tooMany = middle;
  }
  return enough;
}

/** How many numbers a network learns: see `freshWeights`. */
export function sizeOf(params: NetworkParams, vocabulary: number, labels = Labels.none): number {
  const { neurons, layers, skipConnections, embedding, attention, bidirectional } = params;
  const reading = skipConnections ? layers : 1; // Layers that read the tokens.
  const conditioning = labels.count * labelWidth;
  const rows =
    reading * (conditioning + (embedding || vocabulary)) + (layers - 1) * neurons + layers * neurons; // kernels, recurrent ones
  const stacks = (bidirectional ? 2 : 1) * (rows + layers) * 4 * neurons; // with a row of biases for each layer
  const width = headWidth(params);
  const cutoffs = cutoffsOf(params, vocabulary);
  const head = (width + 1) * headColumns(cutoffs, vocabulary);
  const tails = tailsOf(cutoffs, vocabulary, width).reduce(
    (sum, tail) => sum + width * tail.width + (tail.width + 1) * tail.tokens,
    0,
  );
  const states = 2 * (bidirectional ? 2 : 1) * layers * neurons;
  const ofLabels = labels.all.reduce((sum, { values }) => sum + (1 + values.length) * labelWidth, 0);
  const start = conditioning ? (conditioning + 1) * states : 0;
  const around = head + tails + vocabulary * embedding + (attention ? featureWidth(params) : 0);
  return stacks + around + ofLabels + start;
}
