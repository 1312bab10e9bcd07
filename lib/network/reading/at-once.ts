/**
 * Reading, learning and writing by operations that compute a whole network at once, where an implementation has them
 * and the network is no more than such operations know: layers that read tokens, and a head; to learn, also what the
 * head reads of an embedding and by attention. An embedding is multiplied into the kernels, the conditioning of one
 * text added to the biases. Call everything inside `tf.tidy`.
 */
import type { Implementation } from "../implementation";
import { folded, unfolded } from "../layers/embedding";
import { spread, usedRows, type UsedRows } from "../layers/used-rows";
import { foldConditioning } from "../layers/conditioning";
import type { Loss } from "../learning/loss";
import type { Beside, GenerateOptions, LearnResult, NetworkWeights } from "../lstm/fused/native-network";
import type { StepOptions } from "../lstm/stack";
import type { NetworkParams } from "../params";
import { keptConditioning, type State } from "../state";
import { tf, type Tensor, type Tensor2D } from "../tensorflow";
import type { Weights } from "../weights";
import type { Scored } from "./path";

export type Learned = Loss & { readonly state: State; readonly gradients: readonly Tensor[] };

/** Each method gives undefined where there is no such operation for this network. */
export class AtOnce {
  constructor(
    private readonly params: NetworkParams,
    private readonly weights: Weights,
    private readonly implementation: Implementation,
  ) {}

  /** See `Model.read`. */
  read(ids: Tensor2D, state: State): Scored | undefined {
    const { read } = this.implementation;
    if (!read || !this.isKnown(state) || this.readsBeside()) return undefined;
    const used = this.used(ids);
    const { logits, state: layers } = read(this.network(state, used), used?.places ?? ids, state.layers);
    return { logits, state: { layers, ...keptConditioning(state) } };
  }

  /** See `Model.learn`. */
  learn(ids: Tensor2D, targets: Tensor2D, state: State, options: StepOptions): Learned | undefined {
    const { learn } = this.implementation;
    if (!learn || !this.isKnown(state)) return undefined;
    const used = this.used(ids);
    const network = this.network(state, used);
    const beside = this.beside(state, used);
    const learned = learn(network, used?.places ?? ids, targets, state.layers, { ...options, beside });
    const { crossEntropy, accuracy, memory } = learned;
    const gradients = this.weights.learnedOf(this.byVariables(learned, used));
    return { crossEntropy, accuracy, state: { layers: learned.state, ...(memory && { memory }) }, gradients };
  }

  /** See `Model.write`. */
  write(
    prompt: readonly number[],
    state: State,
    choice: Omit<GenerateOptions, "prompt">,
  ): { ids: Int32Array; state: State } | undefined {
    const { generate } = this.implementation;
    if (!generate || !this.isKnown(state) || this.readsBeside()) return undefined;
    const written = generate(this.network(state), state.layers, { prompt, ...choice });
    return { ids: written.ids, state: { layers: written.state, ...keptConditioning(state) } };
  }

  /** Whether it reads in one way alone, and is not conditioned on each of several texts. */
  private isKnown({ conditioning }: State): boolean {
    return !(this.params.bidirectional || (conditioning && conditioning.shape[0] > 1));
  }

  /** Whether the head reads more than the layers. */
  private readsBeside(): boolean {
    return this.params.attention || this.params.skipEmbedding;
  }

  /** What the head reads beside the layers. */
  private beside({ memory }: State, used?: UsedRows): Beside {
    const { attention, skipEmbedding, steps: span } = this.params;
    const kernel = this.weights.named<Tensor2D>("attention/kernel")!;
    return {
      ...(skipEmbedding && { embedding: this.embedding(used) }),
      ...(attention && { attention: { kernel, span, memory } }),
    };
  }

  /**
   * The network as such operations know it.
   *
   * @param used the rows of the embedding that it needs; all where they are left out
   */
  private network({ conditioning }: State, used?: UsedRows): NetworkWeights {
    const { weights } = this;
    const alone = conditioning ? foldConditioning(weights.layers, conditioning) : weights.layers;
    return {
      layers: this.params.embedding ? folded(alone, this.embedding(used)) : alone,
      headKernel: weights.named("head/kernel")!,
      headBias: weights.named("head/bias")!,
      tails: weights.tails,
    };
  }

  /** The rows of the embedding that are read, where the others are worth leaving out. */
  private used(ids: Tensor2D): UsedRows | undefined {
    return this.params.embedding ? usedRows(ids, this.embedding().shape[0]) : undefined;
  }

  private embedding(used?: UsedRows): Tensor2D {
    const embedding = this.weights.named<Tensor2D>("embedding/embeddings")!;
    return used ? tf.gather(embedding, tf.tensor1d(used.rows, "int32")) : embedding;
  }

  /** Gradients by the variables, out of those by the weights of `network` and by what is beside it. */
  private byVariables(
    { gradients, besideGradients }: Pick<LearnResult, "gradients" | "besideGradients">,
    used?: UsedRows,
  ): readonly Tensor[] {
    const { layers } = this.weights;
    const { embedding: besideEmbedding, attentionKernel } = besideGradients;
    const [ofLayers, ofHead] = [gradients.slice(0, 3 * layers.length), gradients.slice(3 * layers.length)];
    const others = [...(attentionKernel ? [attentionKernel] : []), ...ofHead];
    if (!this.params.embedding) return [...ofLayers, ...others];
    const back = unfolded(ofLayers, layers, this.embedding(used));
    const all = besideEmbedding ? back.embedding.add<Tensor2D>(besideEmbedding) : back.embedding;
    const byEmbedding = used ? spread(all, used, this.embedding().shape[0]) : all;
    return [...back.layers, byEmbedding, ...others];
  }
}
