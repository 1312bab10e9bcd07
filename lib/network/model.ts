/** The network: stacked LSTM layers over tokens, what is below and above them, and a head that scores what comes next. */
import type { Vocabulary } from "../text/vocabulary";
import { attend, emptyMemory } from "./attention";
import { foldedKernel, unfoldedGradient } from "./embedding";
import { featureWidth, freshWeights, readsAll } from "./fresh";
import { chooseImplementation, type Implementation } from "./implementation";
import { lookUp } from "./look-up";
import type { Loss } from "./loss";
import type { LayerWeights } from "./lstm/layer";
import type { GenerateOptions, NetworkWeights } from "./lstm/native-network";
import { sideBySide, type Stack, type StepOptions } from "./lstm/stack";
import { completeParams, type Params } from "./params";
import { disposeState, type State } from "./state";
import {
  assignCopy,
  ownVariable,
  ready,
  tf,
  tidy,
  type NamedTensors,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  type Variable,
} from "./tensorflow";

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
    /** The weights that are not the layers', by name: see `FreshWeights`. */
    private readonly around: ReadonlyMap<string, Variable>,
  ) {
    this.variables = [...stack.variables, ...around.values()];
    const layers = Array.from({ length: params.layers }, (_, layer) =>
      ["kernel", "recurrent_kernel", "bias"].map((name) => `lstm_${layer}/${name}`),
    );
    this.names = [...layers.flat(), ...around.keys()];
  }

  /**
   * A network with fresh weights: see `freshWeights`.
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
    const chosen = implementation ?? chooseImplementation();
    const { skipConnections } = params;
    let model: Model | undefined;
    tf.tidy(() => {
      const fresh = freshWeights(params, vocabulary.size);
      const stack = chosen.stack(fresh.layers, { skipConnections, everyOutput: readsAll(params) });
      const around = Array.from(fresh.around, ([name, weight]): [string, Variable] => {
        return [name, ownVariable(() => weight)];
      });
      model = new Model(params, vocabulary, chosen, stack, new Map(around));
    });
    return model!;
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
    const inStack = this.stack.variables.length;
    const row = [...this.stack.toKeras(held.slice(0, inStack)), ...held.slice(inStack)];
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
    const inStack = row.length - this.around.size;
    return [...this.stack.fromKeras(row.slice(0, inStack)), ...row.slice(inStack)];
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

  /** The state before the first token. The caller disposes of it. */
  zeroState(batch: number): State {
    const { neurons, layers, attention, steps } = this.params;
    const zeros = () => tf.zeros([batch, neurons]) as Tensor2D;
    return {
      layers: Array.from({ length: layers }, () => ({ hidden: zeros(), cell: zeros() })),
      ...(attention && { memory: emptyMemory(batch, steps, featureWidth(this.params)) }),
    };
  }

  /**
   * Reads tokens and scores what follows each of them. Call it inside `tf.tidy`.
   *
   * @param ids int32: [time, batch]
   * @param iteration of the training step, for which dropout is drawn and in which `params.precision` holds; without it
   *   nothing is dropped, and all is in single precision
   * @returns the scores (logits) after each token, [time × batch, vocabulary], and the state after the last one, which is
   *   kept: the caller disposes of it
   */
  read(ids: Tensor2D, state: State, iteration?: number): { logits: Tensor2D; state: State } {
    const learns = iteration !== undefined || tf.engine().isTapeOn();
    const atOnce = learns ? undefined : this.implementation.read;
    const plain = atOnce && this.plain();
    if (atOnce && plain) {
      const { logits, state: layers } = atOnce(plain, ids, state.layers);
      return { logits, state: { layers } };
    }
    const read = this.features(ids, state, iteration);
    const attended = this.params.attention
      ? attend(read.features, state.memory!, this.weight("attention/kernel"))
      : undefined;
    const seen = sideBySide([read.features, ...(attended ? [attended.average] : [])])!;
    const [time, batch, width] = seen.shape;
    const logits = seen
      .reshape([time * batch, width])
      .matMul(this.weight("head/kernel"))
      .add(this.weight("head/bias"));
    return { logits: logits as Tensor2D, state: { layers: read.layers, memory: attended?.memory } };
  }

  /**
   * What each position looks at, of a network with attention. Call it inside `tf.tidy`.
   *
   * @param ids int32: [time, batch]
   * @param state left alone, as it is after the text before
   * @returns weights that sum up to 1 for each position, over the `params.steps` - 1 positions before the first one and
   *   all of `ids`: [batch, time, params.steps - 1 + time]
   * @throws where the network has no attention
   */
  attentionWeights(ids: Tensor2D, state: State): Tensor3D {
    if (!this.params.attention) {
      throw new Error("Expected a network with attention: train one with `attention: true`");
    }
    const { features, layers } = this.features(ids, state);
    const { weights, memory } = attend(features, state.memory!, this.weight("attention/kernel"));
    disposeState({ layers, memory });
    return weights;
  }

  /**
   * Reads tokens and compares the scores with what came: what a training step needs, but for changing the weights.
   * Call it inside `tf.tidy`.
   *
   * @param ids int32: [time, batch]
   * @param targets what came after each of them, int32: [time, batch]
   * @param iteration of the training step, for which dropout is drawn
   * @returns losses, the gradients of `crossEntropy` by `variables` in their order, and the state after the last token;
   *   accuracy and state are kept: the caller disposes of them
   */
  learn(
    ids: Tensor2D,
    targets: Tensor2D,
    state: State,
    iteration: number,
  ): Loss & { state: State; gradients: Tensor[] } {
    const atOnce = this.implementation.learn;
    const plain = atOnce && this.plain();
    if (atOnce && plain) {
      const told = atOnce(plain, ids, targets, state.layers, this.stepOptions(iteration));
      return { ...told, state: { layers: told.state }, gradients: this.unfolded(told.gradients) };
    }
    const variables = [...this.variables];
    let told: (Loss & { state: State }) | undefined;
    const { value: crossEntropy, grads } = tf.variableGrads(() => {
      const read = this.read(ids, state, iteration);
      told = { ...this.implementation.loss(read.logits, targets.flatten()), state: read.state };
      return told.crossEntropy;
    }, variables);
    return { ...told!, crossEntropy, gradients: variables.map(({ name }) => grads[name]) };
  }

  /**
   * Reads tokens and writes one for each draw, in one operation, as `choose` would choose them.
   *
   * @param state of a batch of one; left alone
   * @returns undefined where there is no such operation for this network: then tokens are read and chosen one by one. The
   *   state has not read the last token yet; the caller disposes of it
   */
  write(
    prompt: readonly number[],
    state: State,
    choice: Omit<GenerateOptions, "prompt">,
  ): { ids: Int32Array; state: State } | undefined {
    const atOnce = this.implementation.generate;
    return tidy(() => {
      const plain = atOnce && this.plain();
      if (!plain) return undefined;
      const written = atOnce(plain, state.layers, { prompt, ...choice });
      return { ids: written.ids, state: { layers: written.state } };
    });
  }

  /**
   * The network as layers that read tokens and a head: what operations that compute a whole network know. An embedding is
   * multiplied into the kernels. Call it inside `tf.tidy`.
   *
   * @returns undefined where the network has more than that: attention, or a head that reads the embedding
   */
  plain(): NetworkWeights | undefined {
    const { attention, skipEmbedding, embedding } = this.params;
    if (attention || skipEmbedding) return undefined;
    const rows = this.weight<Tensor2D>("embedding/embeddings");
    const layers = embedding
      ? this.layers.map((layer, index) => ({
          ...layer,
          kernel: foldedKernel(rows, layer.kernel, this.below(index)),
        }))
      : this.layers;
    return { layers, headKernel: this.weight("head/kernel"), headBias: this.weight("head/bias") };
  }

  /** Gradients by `variables`, out of those by the weights of `plain`. */
  private unfolded(gradients: Tensor[]): Tensor[] {
    if (!this.params.embedding) return gradients;
    const rows = this.weight<Tensor2D>("embedding/embeddings");
    const byRows: Tensor[] = [];
    const byLayers = this.layers.flatMap((layer, index) => {
      const [kernel, ...others] = gradients.slice(3 * index, 3 * index + 3);
      const back = unfoldedGradient(rows, layer, kernel, this.below(index));
      if (back.embedding) byRows.push(back.embedding);
      return [back.kernel, ...others];
    });
    return [...byLayers, tf.addN(byRows), ...gradients.slice(byLayers.length)];
  }

  /**
   * What the network has at each position: [time, batch, `featureWidth`].
   *
   * @returns with what the layers remember, which is kept
   */
  private features(ids: Tensor2D, state: State, iteration?: number) {
    const { embedding, skipEmbedding } = this.params;
    const embedded = embedding ? lookUp(this.weight("embedding/embeddings"), ids) : undefined;
    const options = iteration === undefined ? {} : this.stepOptions(iteration);
    const input = embedded ? { embedded } : { ids };
    const { outputs, state: layers } = this.stack.run(input, state.layers, options);
    const read = readsAll(this.params) ? outputs : outputs.slice(-1);
    const features = sideBySide([...(skipEmbedding ? [embedded!] : []), ...read])!;
    return { features, layers };
  }

  /** How many rows of a layer's kernel are for the layer below. */
  private below(layer: number): number {
    return layer === 0 ? 0 : this.params.neurons;
  }

  private weight<Kind extends Tensor>(name: string): Kind {
    return this.around.get(name) as unknown as Kind;
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
    tf.dispose([...this.around.values()]);
  }
}
