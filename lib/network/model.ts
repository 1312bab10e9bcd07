/** The network: stacked LSTM layers over characters and a linear head that scores what comes next. */
import { random } from "../text/random";
import type { Vocabulary } from "../text/vocabulary";
import { chooseImplementation, type Implementation } from "./implementation";
import type { Loss } from "./loss";
import type { LayerWeights } from "./lstm/layer";
import { inARow, type Stack, type State, type StepOptions } from "./lstm/stack";
import { completeParams, type Params } from "./params";
import {
  assignCopy,
  ownVariable,
  ready,
  tf,
  tidy,
  type NamedTensors,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Variable,
  type Variable1D,
  type Variable2D,
} from "./tensorflow";

/**
 * How far fresh weights reach: those of the characters as they are, since a layer reads one row of them at a time, as
 * from an embedding; the others in units of 1/√(their inputs). Tried out on four novels (docs/log.md): with PyTorch's
 * limits, 1/√neurons for all, the loss of the first 400 iterations stays where counting characters would bring it.
 */
const reach = { characters: 2.5, below: 2, recurrent: 1, head: 3 };

export class Model {
  /** What learning changes, in an order that stays; the implementation decides how it holds the weights in them. */
  readonly variables: readonly Variable[];
  /** Of the weights in Keras' layout. */
  private readonly names: readonly string[];

  private constructor(
    readonly params: Params,
    readonly vocabulary: Vocabulary,
    readonly implementation: Implementation,
    private readonly stack: Stack,
    /** [neurons, vocabulary], or [layers × neurons, vocabulary] with skip connections. */
    readonly headKernel: Variable2D,
    /** [vocabulary] */
    readonly headBias: Variable1D,
  ) {
    this.variables = [...stack.variables, headKernel, headBias];
    const layers = Array.from({ length: params.layers }, (_, layer) =>
      ["kernel", "recurrent_kernel", "bias"].map((name) => `lstm_${layer}/${name}`),
    );
    this.names = [...layers.flat(), "head/kernel", "head/bias"];
  }

  /**
   * A network with fresh weights: uniform, within the limits of `reach`; forget gates open (bias 1; Jozefowicz et al.
   * 2015); everything from `params.seed`.
   *
   * @throws where a parameter is unknown or out of range
   */
  static async create(
    given: Partial<Params>,
    vocabulary: Vocabulary,
    implementation?: Implementation,
  ): Promise<Model> {
    const params = completeParams(given);
    await ready();
    const { neurons, skipConnections, seed } = params;
    let drawn = 0;
    const uniform = (rows: number, columns: number, limit: number) => {
      const draw = random(seed, drawn++);
      const values = Float32Array.from({ length: rows * columns }, () => (2 * draw() - 1) * limit);
      return tf.tensor2d(values, [rows, columns]);
    };
    const unit = 1 / Math.sqrt(neurons);
    const gates = 4 * neurons;
    const fresh = tidy(() =>
      Array.from({ length: params.layers }, (_, layer): LayerWeights => {
        const below = () => uniform(neurons, gates, reach.below * unit);
        const characters = () => uniform(vocabulary.size, gates, reach.characters);
        const rows = [...(layer > 0 ? [below] : []), ...(layer === 0 || skipConnections ? [characters] : [])];
        return {
          kernel: tf.concat(rows.map((make) => make())),
          recurrentKernel: uniform(neurons, gates, reach.recurrent * unit),
          bias: tf.tensor1d(new Float32Array(gates).fill(1, neurons, 2 * neurons)),
        };
      }),
    );
    const chosen = implementation ?? chooseImplementation();
    const stack = chosen.stack(fresh, { skipConnections });
    tf.dispose(inARow(fresh));
    const width = skipConnections ? params.layers * neurons : neurons;
    const headKernel = ownVariable(() => uniform(width, vocabulary.size, reach.head / Math.sqrt(width)));
    const headBias = ownVariable(() => tf.zeros([vocabulary.size]) as Tensor1D);
    return new Model(params, vocabulary, chosen, stack, headKernel, headBias);
  }

  /** Of each layer, first to last, in Keras' layout. Read it inside `tf.tidy`: see `Stack`. */
  get layers(): readonly LayerWeights[] {
    return this.stack.layers;
  }

  /** All weights by name, in an order that stays and in Keras' layout. Read it inside `tf.tidy`: see `Stack`. */
  get weights(): Map<string, Tensor> {
    return this.toKeras(this.variables);
  }

  /**
   * Brings into Keras' layout what there is one of for each variable: gradients, or averages of them. Call it inside
   * `tf.tidy`.
   *
   * @returns by the names of the weights, in an order that stays
   */
  toKeras(held: readonly Tensor[]): Map<string, Tensor> {
    const row = [...this.stack.toKeras(held.slice(0, -2)), ...held.slice(-2)];
    return new Map(this.names.map((name, index) => [name, row[index]]));
  }

  /**
   * The way back: one tensor for each variable. Call it inside `tf.tidy`.
   *
   * @param prefix of the names: "" for the weights themselves
   * @throws where one is missing or has another shape
   */
  fromKeras(tensors: NamedTensors, prefix = ""): Tensor[] {
    const row = Array.from(this.weights, ([name, weight]) => {
      const tensor = tensors[prefix + name];
      const given = tensor?.shape.join(" x ") ?? "none";
      const expected = weight.shape.join(" x ");
      if (given !== expected) {
        throw new Error(`Expected the weights ${prefix + name} of shape ${expected}, got ${given}`);
      }
      return tensor;
    });
    return [...this.stack.fromKeras(row.slice(0, -2)), ...row.slice(-2)];
  }

  /** For people: what computes this network, and what comes of its `precision`. */
  get description(): string {
    const { description, bfloat16 } = this.implementation;
    return this.params.precision === "bf16" ? `${description}; ${bfloat16()}` : description;
  }

  /** How many numbers are learned. */
  get size(): number {
    return tidy(() => [...this.weights.values()].reduce((sum, weight) => sum + weight.size, 0));
  }

  /** The state before the first character. */
  zeroState(batch: number): State {
    const zeros = () => tf.zeros([batch, this.params.neurons]) as Tensor2D;
    return Array.from({ length: this.params.layers }, () => ({ hidden: zeros(), cell: zeros() }));
  }

  /**
   * Reads characters and scores what follows each of them. Call it inside `tf.tidy`.
   *
   * @param ids int32: [time, batch]
   * @param iteration of the training step, for which dropout is drawn and in which `params.precision` holds; without it
   *   nothing is dropped, and all is in single precision
   * @returns the scores (logits) after each character, [time × batch, vocabulary], and the state after the last one,
   *   which is kept: the caller disposes of it
   */
  read(ids: Tensor2D, state: State, iteration?: number): { logits: Tensor2D; state: State } {
    const learns = iteration !== undefined || tf.engine().isTapeOn();
    const atOnce = this.implementation.read;
    if (atOnce && !learns) return atOnce(this, ids, state);
    const options = iteration === undefined ? {} : this.stepOptions(iteration);
    const { output, state: after } = this.stack.run(ids, state, options);
    const [time, batch, width] = output.shape;
    const logits = output
      .reshape([time * batch, width])
      .matMul(this.headKernel)
      .add(this.headBias);
    return { logits: logits as Tensor2D, state: after };
  }

  /**
   * Reads characters and compares the scores with what came: what a training step needs, but for changing the weights.
   * Call it inside `tf.tidy`.
   *
   * @param ids int32: [time, batch]
   * @param targets what came after each of them, int32: [time, batch]
   * @param iteration of the training step, for which dropout is drawn
   * @returns losses, the gradients of `crossEntropy` by `variables` in their order, and the state after the last
   *   character; accuracy and state are kept: the caller disposes of them
   */
  learn(
    ids: Tensor2D,
    targets: Tensor2D,
    state: State,
    iteration: number,
  ): Loss & { state: State; gradients: Tensor[] } {
    const atOnce = this.implementation.learn;
    if (atOnce) return atOnce(this, ids, targets, state, this.stepOptions(iteration));
    const variables = [...this.variables];
    let told: (Loss & { state: State }) | undefined;
    const { value: crossEntropy, grads } = tf.variableGrads(() => {
      const read = this.read(ids, state, iteration);
      told = { ...this.implementation.loss(read.logits, targets.flatten()), state: read.state };
      return told.crossEntropy;
    }, variables);
    return { ...told!, crossEntropy, gradients: variables.map(({ name }) => grads[name]) };
  }

  private stepOptions(iteration: number): StepOptions {
    const { dropout: rate, seed, precision } = this.params;
    return { precision, dropout: rate > 0 ? { rate, seed, place: iteration } : undefined };
  }

  /**
   * Takes over weights, by the names of `weights`: copies them.
   *
   * @throws where one is missing or has another shape
   */
  load(tensors: NamedTensors): void {
    tf.tidy(() => {
      const held = this.fromKeras(tensors);
      this.variables.forEach((variable, index) => assignCopy(variable, held[index]));
    });
  }

  dispose(): void {
    this.stack.dispose();
    tf.dispose([this.headKernel, this.headBias]);
  }
}

export function disposeState(state: State): void {
  for (const { hidden, cell } of state) tf.dispose([hidden, cell]);
}
