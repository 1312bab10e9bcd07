/**
 * The network's computations on a CPU as operations of our own inside TensorFlow: `native/` has them in C++, set-up
 * compiles them (`setup/native.ts`), and here they are loaded and called. Tensors are neither copied nor converted.
 */
import {
  native,
  runtime,
  tf,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from "../tensorflow";
import { findAddon } from "./addon";

let problem: string | undefined;

/** Why the operations cannot be called, as part of a sentence; "" where they can. Loads them at the first call. */
export function nativeProblem(): string {
  problem ??= load();
  return problem;
}

function load(): string {
  if (runtime.kind !== "native") return `native TensorFlow is not in use: ${runtime.reason}`;
  // TensorFlow ends the process when it is told of an operation twice, as by a notebook that has imported this file anew.
  const loaded = Symbol.for("palimpsest.native");
  const shared = globalThis as { [loaded]?: boolean };
  if (shared[loaded]) return "";
  try {
    require(findAddon());
    shared[loaded] = true;
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export interface Abilities {
  /** Numbers that are computed at once: 16 with AVX-512, 8 with AVX, 4 with NEON or SSE. */
  readonly lanes: number;
  /** Whether the processor multiplies in bfloat16. */
  readonly bfloat16: boolean;
  /** Threads that share the work: one for each core, or as many as the environment's PALIMPSEST_THREADS says. */
  readonly threads: number;
}

/** What the operations make use of on this machine. */
export function abilities(): Abilities {
  const answer = call("Abilities", [], 1)[0];
  const [lanes, bfloat16, threads] = answer.dataSync();
  answer.dispose();
  return { lanes, bfloat16: bfloat16 === 1, threads };
}

/** What a layer reads and knows; shapes as in `layer.ts`. */
export interface LayerInputs {
  /** Output of the layer below, [time, batch, width], or undefined where there is none. */
  readonly below?: Tensor3D;
  /** Characters, int32 [time, batch], or undefined; one of the two must be given. */
  readonly ids?: Tensor2D;
  /** [batch, neurons], before the first step. */
  readonly hidden: Tensor2D;
  readonly cell: Tensor2D;
  /** [width + vocabulary, 4 × neurons]: first the rows for `below`, then those for `ids`. */
  readonly kernel: Tensor;
  /** [neurons, 4 × neurons] */
  readonly recurrentKernel: Tensor;
  /** [4 × neurons] */
  readonly bias: Tensor;
}

/** What a layer did at all time steps; `lstmBackward` needs all three. The caller disposes of them. */
export interface LayerSteps {
  /** [time, batch, neurons] */
  readonly hiddens: Tensor3D;
  readonly cells: Tensor3D;
  /** [time, batch, 4 × neurons] */
  readonly gates: Tensor3D;
}

export interface LayerGradients {
  /** Like `below`; of width 0 where there is none. */
  readonly below: Tensor3D;
  readonly kernel: Tensor2D;
  readonly recurrentKernel: Tensor2D;
  readonly bias: Tensor1D;
}

/** Runs a layer over all time steps. */
export function lstmForward(inputs: LayerInputs): LayerSteps {
  const [hiddens, cells, gates] = tf.tidy(() => call("LstmForward", layerTensors(inputs), 3)) as Tensor3D[];
  return { hiddens, cells, gates };
}

/**
 * @param hiddenGradient gradient by `steps.hiddens`: [time, batch, neurons]
 * @returns gradients by the layer's inputs and weights, not by its state; the caller disposes of them
 */
export function lstmBackward(
  inputs: LayerInputs,
  steps: LayerSteps,
  hiddenGradient: Tensor3D,
): LayerGradients {
  const { hiddens, cells, gates } = steps;
  const [below, kernel, recurrentKernel, bias] = tf.tidy(() =>
    call("LstmBackward", [...layerTensors(inputs), hiddens, cells, gates, hiddenGradient], 4),
  );
  return {
    below: below as Tensor3D,
    kernel: kernel as Tensor2D,
    recurrentKernel: recurrentKernel as Tensor2D,
    bias: bias as Tensor1D,
  };
}

function layerTensors({ below, ids, hidden, cell, kernel, recurrentKernel, bias }: LayerInputs): Tensor[] {
  const read = below ?? ids;
  if (!read) throw new Error("Expected a layer to read characters, a layer below, or both");
  const [time, batch] = read.shape;
  const nothing = below ?? tf.zeros([time, batch, 0]);
  return [nothing, ids ?? tf.zeros([0, 0], "int32"), hidden, cell, kernel, recurrentKernel, bias];
}

/**
 * Softmax and cross-entropy in one pass.
 *
 * @param logits [characters, vocabulary]
 * @param targets int32 [characters]
 * @returns the mean cross-entropy in nats, the share of characters whose likeliest prediction is right, and the gradient
 *   of the former by `logits`; the caller disposes of them
 */
export function softmaxCrossEntropy(
  logits: Tensor2D,
  targets: Tensor1D,
): { crossEntropy: Scalar; accuracy: Scalar; gradient: Tensor2D } {
  const [crossEntropy, accuracy, gradient] = call("SoftmaxCrossEntropy", [logits, targets], 3);
  return {
    crossEntropy: crossEntropy as Scalar,
    accuracy: accuracy as Scalar,
    gradient: gradient as Tensor2D,
  };
}

export interface ClipAdamSettings {
  readonly learningRate: number;
  /** 0 does not clip. */
  readonly clipNorm: number;
  /** Which update this is, from 1. */
  readonly update: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Is added to the root of the corrected average of squares (Kingma and Ba 2015, algorithm 1; PyTorch does the same). */
  readonly epsilon: number;
}

/**
 * Clips the gradients by their global norm and updates weights, means and squares **in place**: whatever shares their
 * memory, such as a `clone()`, changes with them. All four lists have the same order and shapes.
 *
 * @returns the global norm before clipping; the caller disposes of it
 */
export function clipAdam(
  weights: readonly Tensor[],
  gradients: readonly Tensor[],
  means: readonly Tensor[],
  squares: readonly Tensor[],
  { learningRate, clipNorm, update, beta1, beta2, epsilon }: ClipAdamSettings,
): Scalar {
  const meanCorrection = 1 / (1 - beta1 ** update);
  const squareCorrection = 1 / (1 - beta2 ** update);
  const numbers = [
    learningRate,
    beta1,
    1 - beta1,
    beta2,
    1 - beta2,
    epsilon,
    meanCorrection,
    squareCorrection,
    clipNorm,
  ];
  return tf.tidy(() => {
    const inputs = [tf.tensor1d(numbers), ...weights, ...gradients, ...means, ...squares];
    return call("ClipAdam", inputs, 1, { count: weights.length })[0] as Scalar;
  });
}

/** A stacked network's weights: of each layer, first to last, and of the head. */
export interface NetworkWeights {
  /** Kernels: [vocabulary, 4 × neurons] of the first layer, [neurons (+ vocabulary), 4 × neurons] of the others. */
  readonly layers: readonly {
    readonly kernel: Tensor;
    readonly recurrentKernel: Tensor;
    readonly bias: Tensor;
  }[];
  /** [neurons, vocabulary], or [layers × neurons, vocabulary] where the head reads all layers. */
  readonly headKernel: Tensor;
  /** [vocabulary] */
  readonly headBias: Tensor;
}

/** Of each layer: [batch, neurons]. */
export type NetworkState = readonly { readonly hidden: Tensor2D; readonly cell: Tensor2D }[];

/**
 * Reads characters and scores what follows each of them.
 *
 * @param ids int32: [time, batch]
 * @param state before the first character; left alone
 * @returns the scores, [time × batch, vocabulary], and the state after the last character; the caller disposes of both
 */
export function read(
  weights: NetworkWeights,
  ids: Tensor2D,
  state: NetworkState,
): { logits: Tensor2D; state: NetworkState } {
  const { layers } = weights;
  const inputs = [ids, ...stateTensors(state), ...weightTensors(weights)];
  const [logits, ...after] = call("Read", inputs, 1 + 2 * layers.length, counts(layers.length)) as Tensor2D[];
  return { logits, state: stateOf(after) };
}

export interface LearnResult {
  /** Mean in nats a character. */
  readonly crossEntropy: Scalar;
  /** Share of characters whose likeliest prediction is right. */
  readonly accuracy: Scalar;
  /** After the last character. */
  readonly state: NetworkState;
  /** Of the mean cross-entropy by the weights: kernel, recurrent kernel and bias of each layer, kernel and bias of the head. */
  readonly gradients: Tensor[];
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
 * @param precision of what is multiplied inside the layers; sums, states, weights and gradients are float32 in any case.
 *   For "bfloat16" the processor must have instructions: throws where it has none
 * @returns tensors of which the caller disposes
 */
export function learn(
  weights: NetworkWeights,
  ids: Tensor2D,
  targets: Tensor2D,
  state: NetworkState,
  dropout: { readonly rate: number; readonly keys: readonly number[] } = { rate: 0, keys: [] },
  precision: "float32" | "bfloat16" = "float32",
): LearnResult {
  const count = weights.layers.length;
  const [crossEntropy, accuracy, ...rest] = tf.tidy(() => {
    const keys = Int32Array.from(weights.layers, (_, layer) => dropout.keys[layer] ?? 0);
    const dropped = [tf.scalar(dropout.rate), tf.tensor1d(keys, "int32")];
    const half = tf.scalar(precision === "bfloat16" ? 1 : 0, "int32");
    const inputs = [ids, ...stateTensors(state), ...weightTensors(weights), targets, ...dropped, half];
    return call("Learn", inputs, 2 + 2 * count + weightCount(count), counts(count));
  });
  return {
    crossEntropy: crossEntropy as Scalar,
    accuracy: accuracy as Scalar,
    state: stateOf(rest.slice(0, 2 * count) as Tensor2D[]),
    gradients: rest.slice(2 * count),
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
  state: NetworkState,
  { prompt, draws, temperature, topK, topP }: GenerateOptions,
): { ids: Int32Array; state: NetworkState } {
  const count = weights.layers.length;
  const [ids, ...after] = tf.tidy(() => {
    const choice = new Int32Array(Float64Array.of(temperature, topK, topP).buffer); // in double precision
    const given = [choice, Int32Array.from(prompt), bitsOf(draws)].map((numbers) =>
      tf.tensor1d(numbers, "int32"),
    );
    const inputs = [...given, ...stateTensors(state), ...weightTensors(weights)];
    return call("Generate", inputs, 1 + 2 * count, counts(count)) as Tensor2D[];
  });
  const written = ids.dataSync() as Int32Array;
  ids.dispose();
  return { ids: written, state: stateOf(after) };
}

/** The 32 bits behind the point: all that a draw has. */
function bitsOf(draws: ArrayLike<number>): Int32Array {
  return Int32Array.from(draws, (draw) => draw * 0x100000000);
}

function weightTensors({ layers, headKernel, headBias }: NetworkWeights): Tensor[] {
  return [
    ...layers.flatMap(({ kernel, recurrentKernel, bias }) => [kernel, recurrentKernel, bias]),
    headKernel,
    headBias,
  ];
}

function weightCount(layers: number): number {
  return 3 * layers + 2;
}

function counts(layers: number): Record<string, number> {
  return { layers, weight_count: weightCount(layers) };
}

/** Operations take and give the hidden states of all layers first, then their cells. */
function stateTensors(state: NetworkState): Tensor[] {
  return [...state.map(({ hidden }) => hidden), ...state.map(({ cell }) => cell)];
}

function stateOf(tensors: Tensor2D[]): NetworkState {
  const count = tensors.length / 2;
  return Array.from({ length: count }, (_, layer) => ({
    hidden: tensors[layer],
    cell: tensors[count + layer],
  }));
}

function call(
  name: string,
  inputs: Tensor[],
  outputs: number,
  attributes: Record<string, number> = {},
): Tensor[] {
  const problem = nativeProblem();
  if (problem) throw new Error(`The native operations cannot be called: ${problem}`);
  const backend = native();
  const given = Object.entries(attributes).map(([name, value]) => ({
    name,
    type: backend.binding.TF_ATTR_INT,
    value,
  }));
  return backend.executeMultipleOutputs(`Palimpsest${name}`, given, inputs, outputs);
}
