/**
 * What a network computes out of its variables, layer by layer: the embedding, the stack, attention and the head. All of it is
 * differentiable; the reading paths beside this file put it together. Call everything inside `tf.tidy`.
 */
import { readsAll } from "../initial-weights";
import { logProbabilities } from "../layers/adaptive-softmax";
import { attend, type Attended } from "../layers/attention";
import { atTheEnds } from "../layers/bidirectional";
import { withConditioning } from "../layers/conditioning";
import { lookUp } from "../layers/look-up";
import { sideBySide, type LayerStates, type Stack, type StackInput, type StepOptions } from "../lstm/stack";
import type { NetworkParams } from "../params";
import type { State } from "../state";
import type { Tensor2D, Tensor3D } from "../tensorflow";
import type { Weights } from "../weights";

/** What a network has at each position. */
export interface Features {
  /** [time, batch, `featureWidth`] */
  readonly features: Tensor3D;
  /** Of a bidirectional network, what it has at the end of all: [1, batch, `featureWidth`]. */
  readonly ends?: Tensor3D;
  /** What the layers remember after the last token; kept, the caller disposes of it. */
  readonly layers: LayerStates;
}

export class ForwardPass {
  /** @param stack runs the layers, which may be others than those that learn: copies that give every output, for one */
  constructor(
    private readonly params: NetworkParams,
    private readonly weights: Weights,
    private readonly stack: Pick<Stack, "run">,
  ) {}

  /**
   * What the network has at each position of tokens, or of rows in their place.
   *
   * @param options what holds in a training step: dropout and precision
   */
  features(
    { ids, embedded = this.embedded(ids) }: StackInput,
    state: State,
    options: StepOptions = {},
  ): Features {
    const { skipEmbedding, bidirectional } = this.params;
    const input = withConditioning(embedded ? { embedded } : { ids }, state);
    const { outputs, state: layers } = this.stack.run(input, state.layers, options);
    const read = readsAll(this.params) ? outputs : outputs.slice(-1);
    const features = sideBySide([...(skipEmbedding ? [embedded!] : []), ...read])!;
    if (!bidirectional) return { features, layers };
    const last = skipEmbedding ? [embedded!.slice([embedded!.shape[0] - 1, 0, 0])] : [];
    return { features, layers, ends: sideBySide([...last, ...read.map(atTheEnds)])! };
  }

  /** What each position looks at, of a network with attention. */
  attended(features: Tensor3D, { memory }: Pick<State, "memory">): Attended {
    return attend(features, { memory, kernel: this.weight("attention/kernel"), span: this.params.steps });
  }

  /**
   * The scores (logits) that the head makes of features, [time, batch, …] each: [time × batch, vocabulary]. Those of an adaptive
   * softmax are logarithms of probabilities.
   */
  scores(parts: readonly Tensor3D[]): Tensor2D {
    const seen = sideBySide(parts)!;
    const [time, batch, width] = seen.shape;
    const read = seen.reshape([time * batch, width]) as Tensor2D;
    const scores = read.matMul(this.weight("head/kernel")).add<Tensor2D>(this.weight("head/bias"));
    const { tails } = this.weights;
    return tails.length > 0 ? logProbabilities(read, scores, tails) : scores;
  }

  private embedded(ids?: Tensor2D): Tensor3D | undefined {
    return ids && this.params.embedding ? lookUp(this.weight("embedding/embeddings"), ids) : undefined;
  }

  private weight<Kind extends Tensor2D>(name: string): Kind {
    return this.weights.named<Kind>(name)!;
  }
}
