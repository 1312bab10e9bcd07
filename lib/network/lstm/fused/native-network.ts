/**
 * A whole network, in one operation each of our own: to read, to learn (`native/operations/network-operations.cc`), to write
 * (`native/operations/generate.cc`).
 */
import type { Precision } from "../../params";
import { tf, type Scalar, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D } from "../../tensorflow";
import type { LayerWeights } from "../layer";
import type { TailWeights } from "../../layers/adaptive-softmax";
import type { AttentionOptions, Memory } from "../../layers/attention";
import { callOperation, halfOf } from "./operations";
import { inARow, type LayerStates } from "../stack";

/** A stacked network's weights: of each layer, first to last, of the head, and of the clusters behind it. */
export interface NetworkWeights {
  /** Kernels: [tokens, 4 × neurons] of the first layer, [neurons (+ tokens), 4 × neurons] of the others. */
  readonly layers: readonly LayerWeights[];
  /** [neurons, vocabulary], or [layers × neurons, vocabulary] where the head reads all layers. */
  readonly headKernel: Tensor2D;
  /** [vocabulary] */
  readonly headBias: Tensor1D;
  /** Of an adaptive softmax, whose head has columns for the frequent tokens and for each cluster; none where it is left out. */
  readonly tails?: readonly TailWeights[];
}

/**
 * Reads characters and scores what follows each of them.
 *
 * @param ids int32: [time, batch]
 * @param state before the first character; left alone
 * @returns the scores, [time × batch, vocabulary], those of an adaptive softmax logarithms of probabilities, and the
 *   state after the last character; the caller disposes of both
 */
export function read(
  weights: NetworkWeights,
  ids: Tensor2D,
  state: LayerStates,
): { logits: Tensor2D; state: LayerStates } {
  const { layers } = weights;
  const inputs = [ids, ...stateTensors(state), ...weightTensors(weights)];
  const outputs = 1 + 2 * layers.length;
  const [logits, ...after] = callOperation("Read", inputs, outputs, counts(weights)) as Tensor2D[];
  return { logits, state: stateOf(after) };
}

/** What a head reads beside the layers' outputs: the tokens' embedding before them, attention over all of these after them. */
export interface Beside {
  /** [tokens, width] */
  readonly embedding?: Tensor2D;
  /** Its kernel is [width + the outputs', 1]. It is computed in single precision, whatever the layers are. */
  readonly attention?: AttentionOptions;
}

export interface BesideGradients {
  readonly embedding?: Tensor2D;
  readonly attentionKernel?: Tensor2D;
}

export interface LearnResult {
  /** Mean in nats a character. */
  readonly crossEntropy: Scalar;
  /** Share of characters whose likeliest prediction is right. */
  readonly accuracy: Scalar;
  /** After the last character. */
  readonly state: LayerStates;
  /** What attention looks back at after the last character, of a network that has it. */
  readonly memory?: Memory;
  /**
   * Of the mean cross-entropy by the weights: kernel, recurrent kernel and bias of each layer, kernel and bias of the
   * head, projection, kernel and bias of each cluster.
   */
  readonly gradients: Tensor[];
  /** Of the same by what stands beside the layers. */
  readonly besideGradients: BesideGradients;
}

/**
 * Reads characters, compares the scores with what followed, and goes all the way back to the weights, in one operation:
 * what a training step needs except the update itself, `clipAdam`. The gradients are not those by the state.
 *
 * @param ids int32: [time, batch]
 * @param targets int32: [time, batch]
 * @param state before the first character; left alone
 * @param dropout the share of each layer's output that is dropped, and a key for each layer, a whole number below 2^32.
 *   The number at place i of the output is dropped where mix(mix(i) ^ key) < rate · 2^32 (see `native/dropout.h`)
 * @param precision of what is multiplied inside the layers; "fp32"
 * @param beside what else the head reads; nothing
 * @returns tensors of which the caller disposes
 */
export function learn(
  weights: NetworkWeights,
  ids: Tensor2D,
  targets: Tensor2D,
  state: LayerStates,
  dropout: { readonly rate: number; readonly keys: readonly number[] } = { rate: 0, keys: [] },
  precision?: Precision,
  beside: Beside = {},
): LearnResult {
  const count = weights.layers.length;
  const ofWeights = weightCount(weights);
  const [crossEntropy, accuracy, ...rest] = tf.tidy(() => {
    const keys = Int32Array.from(weights.layers, (_, layer) => dropout.keys[layer] ?? 0);
    const dropped = [tf.scalar(dropout.rate), tf.tensor1d(keys, "int32")];
    const inputs = [
      ids,
      ...stateTensors(state),
      ...weightTensors(weights),
      targets,
      ...dropped,
      halfOf(precision),
      ...besideTensors(beside, ids.shape[1]),
    ];
    return callOperation("Learn", inputs, 2 + 2 * count + ofWeights + 4, counts(weights));
  });
  return {
    crossEntropy: crossEntropy as Scalar,
    accuracy: accuracy as Scalar,
    state: stateOf(rest.slice(0, 2 * count) as Tensor2D[]),
    gradients: rest.slice(2 * count, 2 * count + ofWeights),
    ...besideResults(beside, rest.slice(2 * count + ofWeights)),
  };
}

/** As the operation takes it: what is not there has no numbers. */
function besideTensors({ embedding, attention }: Beside, batch: number): Tensor[] {
  const nothing = tf.zeros([0, 0]);
  const { kernel = nothing, span = 0, memory } = attention ?? {};
  return [
    embedding ?? nothing,
    kernel,
    memory?.features ?? tf.zeros([batch, 0, kernel.shape[0]]),
    memory?.present ?? tf.zeros([batch, 0]),
    tf.scalar(span, "int32"),
  ];
}

/** What the operation gives for it. */
function besideResults(
  { embedding, attention }: Beside,
  outputs: Tensor[],
): Pick<LearnResult, "memory" | "besideGradients"> {
  const [byEmbedding, byKernel, features, present] = outputs;
  if (!embedding) byEmbedding.dispose();
  if (!attention) tf.dispose([byKernel, features, present]);
  return {
    besideGradients: {
      ...(embedding && { embedding: byEmbedding as Tensor2D }),
      ...(attention && { attentionKernel: byKernel as Tensor2D }),
    },
    ...(attention && { memory: { features: features as Tensor3D, present: present as Tensor2D } }),
  };
}

export interface GenerateOptions {
  /** What is read first; at least one id. To go on, the last id that was written. */
  readonly prompt: ArrayLike<number>;
  /** One number in [0, 1) for each character to be written. */
  readonly draws: ArrayLike<number>;
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
}

/**
 * Reads the prompt and writes as many characters as there are draws. Each is chosen from the scores exactly as `choose`
 * in lib/generate/choose.ts does. The state after it has not read the last written character yet.
 *
 * @param state of a batch of one; left alone
 * @returns ids, and the state; the caller disposes of the latter
 */
export function generate(
  weights: NetworkWeights,
  state: LayerStates,
  { prompt, draws, temperature, topK, topP }: GenerateOptions,
): { ids: Int32Array; state: LayerStates } {
  const count = weights.layers.length;
  const [ids, ...after] = tf.tidy(() => {
    const choice = new Int32Array(Float64Array.of(temperature, topK, topP).buffer); // in double precision
    const given = [choice, Int32Array.from(prompt), bitsOf(draws)].map((numbers) =>
      tf.tensor1d(numbers, "int32"),
    );
    const inputs = [...given, ...stateTensors(state), ...weightTensors(weights)];
    return callOperation("Generate", inputs, 1 + 2 * count, counts(weights)) as Tensor2D[];
  });
  const written = ids.dataSync() as Int32Array;
  ids.dispose();
  return { ids: written, state: stateOf(after) };
}

/** The 32 bits behind the point: all that a draw has. */
function bitsOf(draws: ArrayLike<number>): Int32Array {
  return Int32Array.from(draws, (draw) => draw * 0x100000000);
}

function weightTensors({ layers, headKernel, headBias, tails = [] }: NetworkWeights): Tensor[] {
  const ofTails = tails.flatMap(({ projection, kernel, bias }) => [projection, kernel, bias]);
  return [...inARow(layers), headKernel, headBias, ...ofTails];
}

function weightCount({ layers, tails = [] }: NetworkWeights): number {
  return 3 * layers.length + 2 + 3 * tails.length;
}

function counts(weights: NetworkWeights): Record<string, number> {
  return { layers: weights.layers.length, weight_count: weightCount(weights) };
}

/** Operations take and give the hidden states of all layers first, then their cells. */
function stateTensors(state: LayerStates): Tensor[] {
  return [...state.map(({ hidden }) => hidden), ...state.map(({ cell }) => cell)];
}

function stateOf(tensors: Tensor2D[]): LayerStates {
  const count = tensors.length / 2;
  return Array.from({ length: count }, (_, layer) => ({
    hidden: tensors[layer],
    cell: tensors[count + layer],
  }));
}
