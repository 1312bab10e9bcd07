/** The network: stacked LSTM layers over tokens, what is below and above them, and a head that scores what comes next. */
import { Labels, type GivenLabels } from "../text/labels";
import type { Vocabulary } from "../text/tokens/vocabulary";
import { cutoffsOf } from "./layers/cutoffs";
import { bothWays } from "./layers/bidirectional";
import { emptyWindow } from "./layers/reading-windows";
import { condition, labelWidth, type Condition } from "./layers/conditioning";
import { freshWeights, readsAll } from "./initial-weights";
import { chooseImplementation, type Implementation } from "./implementation";
import type { Loss } from "./learning/loss";
import type { GenerateOptions } from "./lstm/fused/native-network";
import type { Stack, StepOptions } from "./lstm/stack";
import { completeNetworkParams, type NetworkParams } from "./params";
import { AtOnce, type Learned } from "./reading/at-once";
import { readingBothWays } from "./reading/both-ways";
import { ForwardPass } from "./reading/forward-pass";
import { leftToRight } from "./reading/left-to-right";
import type { ReadingPath, Scored } from "./reading/path";
import { disposeState, type State } from "./state";
import { summaryOf } from "./summary";
import type { Summary } from "./summary-table";
import {
  ownVariable,
  ready,
  tf,
  tidy,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  type Variable,
} from "./tensorflow";
import { Weights } from "./weights";

export class Model {
  private readonly pass: ForwardPass;
  private readonly path: ReadingPath;
  private readonly atOnce: AtOnce;

  private constructor(
    readonly params: NetworkParams,
    readonly vocabulary: Vocabulary,
    /** The labels that it can be conditioned on. */
    readonly labels: Labels,
    readonly implementation: Implementation,
    stack: Stack,
    readonly weights: Weights,
  ) {
    this.pass = new ForwardPass(params, weights, stack);
    this.path = params.bidirectional ? readingBothWays(this.pass, params) : leftToRight(this.pass, params);
    this.atOnce = new AtOnce(params, weights, implementation);
  }

  /**
   * A network with fresh weights: see `freshWeights`.
   *
   * @param options.implementation what computes; the fastest that runs here
   * @param options.labels those that `params.labels` names; none
   * @throws where a parameter is unknown or out of range, and where the labels are others
   */
  static async create(
    given: Partial<NetworkParams>,
    vocabulary: Vocabulary,
    {
      implementation,
      labels = Labels.none,
    }: { readonly implementation?: Implementation; readonly labels?: Labels } = {},
  ): Promise<Model> {
    const complete = completeNetworkParams(given);
    // Kept as they are when the vocabulary grows.
    const params = { ...complete, cutoffs: cutoffsOf(complete, vocabulary.size) };
    const [expected, named] = [params.labels, labels.all.map(({ name }) => name)].map(String);
    if (expected !== named)
      throw new Error(
        `Expected the values of the labels ${expected || "none"}, got those of ${named || "none"}`,
      );
    await ready();
    const chosen = implementation ?? chooseImplementation();
    const { skipConnections, bidirectional } = params;
    const makeStack = bidirectional ? bothWays(chosen.stack) : chosen.stack;
    let model: Model | undefined;
    tf.tidy(() => {
      const everyOutput = readsAll(params) || params.frozenLayers > 0 || params.dropout > 0;
      const fresh = freshWeights(params, vocabulary.size, labels);
      const stack = makeStack(fresh.layers, { skipConnections, everyOutput });
      const others = Array.from(fresh.others, ([name, weight]): [string, Variable] => {
        return [name, ownVariable(() => weight)];
      });
      const weights = new Weights(params, stack, new Map(others));
      model = new Model(params, vocabulary, labels, chosen, stack, weights);
    });
    return model!;
  }

  /** For people: what computes this network, and what comes of its `precision`. */
  get description(): string {
    const { description, bfloat16 } = this.implementation;
    return this.params.precision === "bf16" ? `${description}; ${bfloat16()}` : description;
  }

  /** How many numbers are learned. */
  get size(): number {
    return this.weights.size;
  }

  /**
   * The state before the first token of a text. The caller disposes of it.
   *
   * @param labels what is known of the text
   * @throws where a label is unknown, with those that are known
   * @example model.firstState(1, { author: "Bashō" })
   */
  firstState(batch: number, labels: GivenLabels = {}): State {
    const ids = this.labels.ids(labels);
    const zero = this.zeroState(batch);
    if (ids.length === 0) return zero;
    const state = tidy(() => {
      const rows = ids.flatMap((id) => new Array<number>(batch).fill(id));
      return this.condition(zero, { labels: tf.tensor2d(rows, [ids.length, batch], "int32") });
    });
    disposeState({ layers: zero.layers, conditioning: zero.conditioning });
    return state;
  }

  /**
   * Gives the rows of a batch that begin a text the state that their labels make. Call it inside `tf.tidy`.
   *
   * @param state zero in these rows; left alone
   */
  condition(state: State, given: Condition): State {
    return condition(state, given, {
      embeddings: this.labels.all.map(({ name }) => this.weight<Tensor2D>(`labels/${name}/embeddings`)),
      kernel: this.weight("labels/kernel"),
      bias: this.weight("labels/bias"),
    });
  }

  /** A state of nothing but zeros, for networks without labels that before the first token. The caller disposes of it. */
  zeroState(batch: number): State {
    const { neurons, layers, bidirectional, steps } = this.params;
    const zeros = () => tf.zeros([batch, neurons]) as Tensor2D;
    const count = layers * (bidirectional ? 2 : 1);
    const conditioning = this.labels.count ? tf.zeros([batch, this.labels.count * labelWidth]) : undefined;
    return {
      layers: Array.from({ length: count }, () => ({ hidden: zeros(), cell: zeros() })),
      ...(conditioning && { conditioning: conditioning as Tensor2D }),
      ...(bidirectional && { window: emptyWindow(batch, steps) }),
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
  read(ids: Tensor2D, state: State, iteration?: number): Scored {
    const learns = iteration !== undefined || tf.engine().isTapeOn();
    const atOnce = learns ? undefined : this.atOnce.read(ids, state);
    return atOnce ?? this.path.read(ids, state, iteration === undefined ? {} : this.stepOptions(iteration));
  }

  /**
   * What each position looks at, of a network with attention. Call it inside `tf.tidy`.
   *
   * @param ids int32: [time, batch]
   * @param state left alone, as it is after the text before
   * @returns weights that sum up to 1 for each position, over what the state remembers, `params.steps` - 1 positions at most,
   *   and all of `ids`: [batch, time, remembered + time]
   * @throws where the network has no attention
   */
  attentionWeights(ids: Tensor2D, state: State): Tensor3D {
    if (!this.params.attention) {
      throw new Error("Expected a network with attention: train one with `attention: true`");
    }
    if (this.params.bidirectional) throw new Error("Expected a network that is not bidirectional");
    const { features, layers } = this.pass.features({ ids }, state);
    const { weights, memory } = this.pass.attended(features, state);
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
   * @param given of a network with labels: those of the rows
   * @returns losses, the gradients of `crossEntropy` by `learned` in their order, and the state after the last token;
   *   accuracy and state are kept: the caller disposes of them
   */
  learn(ids: Tensor2D, targets: Tensor2D, state: State, iteration: number, given?: Condition): Learned {
    const options = this.stepOptions(iteration);
    const atOnce = given ? undefined : this.atOnce.learn(ids, targets, state, options);
    if (atOnce) return atOnce;
    const variables = [...this.weights.learned];
    let learned: (Loss & { state: State }) | undefined;
    const { value: crossEntropy, grads } = tf.variableGrads(() => {
      const from = given ? this.condition(state, given) : state;
      const predicted = this.path.predictions(ids, targets, from, { iteration, options });
      const loss = this.implementation.loss(predicted.logits, predicted.targets);
      learned = { ...loss, state: predicted.state };
      return loss.crossEntropy;
    }, variables);
    return { ...learned!, crossEntropy, gradients: variables.map(({ name }) => grads[name]) };
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
    return tidy(() => this.atOnce.write(prompt, state, choice));
  }

  /** One of the weights outside the layers that this network has. */
  private weight<Kind extends Tensor>(name: string): Kind {
    return this.weights.named<Kind>(name)!;
  }

  private stepOptions(iteration: number): StepOptions {
    const { dropout: rate, seed, precision } = this.params;
    return { precision, dropout: rate > 0 ? { rate, seed, place: iteration } : undefined };
  }

  /** The layers, what they give and their weights, as a table: `console.log(model.summary())`. */
  summary(): Summary {
    return summaryOf(this);
  }

  dispose(): void {
    this.weights.dispose();
  }
}
