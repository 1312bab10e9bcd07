/** How large a network is, and what a training step of it has to compute. */

export interface NetworkSize {
  readonly layers: number;
  readonly neurons: number;
  readonly vocabulary: number;
}

/** What a network of words has beside its layers. */
export interface WordsSize extends NetworkSize {
  readonly embedding: number;
  /** Where the clusters of an adaptive softmax begin; none for a full one. */
  readonly cutoffs: readonly number[];
}

/** What textgenrnn's network has beside its layers. */
export interface AttentiveSize {
  /** Numbers of a character; 0 for none. */
  readonly embedding: number;
  readonly skipEmbedding: boolean;
  readonly attention: boolean;
}

/** A network and what it reads in one step. */
export interface StepSize extends NetworkSize {
  readonly time: number;
  readonly batch: number;
}

/** @example sizeName({ layers: 2, neurons: 128 }) // "2x128" */
export function sizeName({ layers, neurons }: Pick<NetworkSize, "layers" | "neurons">): string {
  return `${layers}x${neurons}`;
}

/** @throws where it is not "layers x neurons" */
export function parseSize(name: string): Pick<NetworkSize, "layers" | "neurons"> {
  const [, layers, neurons] = /^(\d+)x(\d+)$/.exec(name) ?? [];
  if (!Number(layers) || !Number(neurons)) throw new Error(`Expected a size as 2x128, got "${name}"`);
  return { layers: Number(layers), neurons: Number(neurons) };
}

/** How many numbers such a network learns. */
export function weightCount({ layers, neurons, vocabulary }: NetworkSize): number {
  const rows = vocabulary * 4 * neurons;
  const biases = layers * 4 * neurons + vocabulary;
  return multipliedWeights({ layers, neurons, vocabulary }) + rows + biases;
}

/**
 * The weights by which something is multiplied for every character: those between neurons and those of the head. Those
 * of the characters are looked up, biases are added.
 */
export function multipliedWeights({ layers, neurons, vocabulary }: NetworkSize): number {
  const recurrent = layers * neurons * 4 * neurons;
  const below = (layers - 1) * neurons * 4 * neurons;
  return recurrent + below + neurons * vocabulary;
}

/**
 * Floating-point operations of a training step: 6 × batch × time × multiplied weights. Each weight takes a multiplication
 * and an addition for the output, for the gradient by the input, and for the gradient by the weight. Peers that multiply
 * characters as well do more, and are not credited with it.
 */
export function stepOperations(size: StepSize): number {
  return 6 * size.batch * size.time * multipliedWeights(size);
}
