/** Networks of one size, deep or shallow: how many neurons their layers can have. What a network holds, `model.ts` says. */
import { completeParams, type Params } from "./params";

export interface Depth extends Partial<Pick<Params, "layers" | "skipConnections">> {
  /** How many characters the network knows, the unknown one counted. */
  readonly vocabulary: number;
}

/**
 * How many neurons the layers of a network can have that is to learn `weights` numbers at most, as `Model.size` counts them:
 * with it, deep networks are compared with shallow ones of the same size.
 *
 * @throws where the weights do not suffice for layers of one neuron, and where a parameter is out of range
 * @example neuronsFor(250_000, { layers: 8, vocabulary: 120 }) // 60
 */
export function neuronsFor(weights: number, { vocabulary, ...depth }: Depth): number {
  const { layers, skipConnections } = completeParams(depth);
  const reading = skipConnections ? layers : 1; // Layers that read the characters, and that the head reads.
  // The size is square × neurons² + linear × neurons + vocabulary, with four gates to a neuron.
  const square = 4 * layers + 4 * (layers - 1); // recurrent kernels, and kernels for the layer below
  const linear = 4 * reading * vocabulary + 4 * layers + reading * vocabulary; // for characters, biases, the head's kernel
  const least = square + linear + vocabulary;
  if (!(weights >= least)) {
    throw new Error(
      `Expected \`weights\` >= ${least}, so many as layers of one neuron have, got ${weights}. Take fewer layers.`,
    );
  }
  return Math.floor((Math.sqrt(linear ** 2 + 4 * square * (weights - vocabulary)) - linear) / (2 * square));
}
