/**
 * Reading, learning and writing by operations that compute a whole network at once, where an implementation has them and the
 * network is no more than such operations know: layers that read tokens, and a head. An embedding is multiplied into the kernels,
 * the conditioning of one text added to the biases. Call everything inside `tf.tidy`.
 */
import type { Implementation } from "../implementation";
import { folded, unfolded } from "../layers/embedding";
import { foldConditioning } from "../layers/conditioning";
import type { Loss } from "../learning/loss";
import type { GenerateOptions, NetworkWeights } from "../lstm/fused/native-network";
import type { StepOptions } from "../lstm/stack";
import type { NetworkParams } from "../params";
import { keptConditioning, type State } from "../state";
import type { Tensor, Tensor2D } from "../tensorflow";
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
    const network = read && this.network(state);
    if (!read || !network) return undefined;
    const { logits, state: layers } = read(network, ids, state.layers);
    return { logits, state: { layers, ...keptConditioning(state) } };
  }

  /** See `Model.learn`. */
  learn(ids: Tensor2D, targets: Tensor2D, state: State, options: StepOptions): Learned | undefined {
    const { learn } = this.implementation;
    const network = learn && this.network(state);
    if (!learn || !network) return undefined;
    const learned = learn(network, ids, targets, state.layers, options);
    const gradients = this.weights.learnedOf(this.byVariables(learned.gradients));
    return { ...learned, state: { layers: learned.state }, gradients };
  }

  /** See `Model.write`. */
  write(
    prompt: readonly number[],
    state: State,
    choice: Omit<GenerateOptions, "prompt">,
  ): { ids: Int32Array; state: State } | undefined {
    const { generate } = this.implementation;
    const network = generate && this.network(state);
    if (!generate || !network) return undefined;
    const written = generate(network, state.layers, { prompt, ...choice });
    return { ids: written.ids, state: { layers: written.state, ...keptConditioning(state) } };
  }

  /**
   * The network as such operations know it.
   *
   * @returns undefined where it has more: attention, a head that reads the embedding, two ways of reading, or conditioning of
   *   each of several texts
   */
  private network({ conditioning }: State): NetworkWeights | undefined {
    const { attention, skipEmbedding, embedding, bidirectional, softmax } = this.params;
    if (softmax === "adaptive") return undefined;
    if (attention || skipEmbedding || bidirectional || (conditioning && conditioning.shape[0] > 1))
      return undefined;
    const { weights } = this;
    const alone = conditioning ? foldConditioning(weights.layers, conditioning) : weights.layers;
    return {
      layers: embedding ? folded(alone, weights.named("embedding/embeddings")!) : alone,
      headKernel: weights.named("head/kernel")!,
      headBias: weights.named("head/bias")!,
    };
  }

  /** Gradients by the variables, out of those by the weights of `network`. */
  private byVariables(gradients: readonly Tensor[]): readonly Tensor[] {
    if (!this.params.embedding) return gradients;
    const { layers } = this.weights;
    const ofLayers = gradients.slice(0, 3 * layers.length);
    const back = unfolded(ofLayers, layers, this.weights.named("embedding/embeddings")!);
    return [...back.layers, back.embedding, ...gradients.slice(ofLayers.length)];
  }
}
