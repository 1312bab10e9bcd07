/** The network: stacked LSTM layers over tokens, what is below and above them, and a head that scores what comes next. */
import { Labels, type GivenLabels } from "../text/labels";
import type { Vocabulary } from "../text/tokens/vocabulary";
import { attend, type Attended } from "./layers/attention";
import {
  atTheEnds,
  bothWays,
  emptyWindow,
  readWindows,
  sometimesShort,
  stateAfter,
} from "./layers/bidirectional";
import { folded, unfolded } from "./layers/embedding";
import { freshWeights, readsAll } from "./initial-weights";
import { chooseImplementation, type Implementation } from "./implementation";
import { begin, beside, labelWidth, toldOnce, type Told } from "./layers/conditioning";
import { lookUp } from "./look-up";
import type { Loss } from "./learning/loss";
import type { GenerateOptions, NetworkWeights } from "./lstm/fused/native-network";
import { sideBySide, type Stack, type StepOptions } from "./lstm/stack";
import { completeNetworkParams, type NetworkParams } from "./params";
import { disposeState, type State } from "./state";
import { summaryOf, type Summary } from "./summary";
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
  private constructor(
    readonly params: NetworkParams,
    readonly vocabulary: Vocabulary,
    /** What it can be told of a text. */
    readonly labels: Labels,
    readonly implementation: Implementation,
    private readonly stack: Stack,
    readonly weights: Weights,
  ) {}

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
    const params = completeNetworkParams(given);
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
      const everyOutput = readsAll(params) || params.frozenLayers > 0;
      const fresh = freshWeights(params, vocabulary.size, labels);
      const stack = makeStack(fresh.layers, { skipConnections, everyOutput });
      const around = Array.from(fresh.around, ([name, weight]): [string, Variable] => {
        return [name, ownVariable(() => weight)];
      });
      const weights = new Weights(params, stack, new Map(around));
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
      return this.begin(zero, { labels: tf.tensor2d(rows, [ids.length, batch], "int32") });
    });
    disposeState({ layers: zero.layers, told: zero.told });
    return state;
  }

  /**
   * Gives the rows of a batch that begin a text the state that their labels make. Call it inside `tf.tidy`.
   *
   * @param state zero in these rows; left alone
   */
  begin(state: State, told: Told): State {
    return begin(state, told, {
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
    const told = this.labels.count ? tf.zeros([batch, this.labels.count * labelWidth]) : undefined;
    return {
      layers: Array.from({ length: count }, () => ({ hidden: zeros(), cell: zeros() })),
      ...(told && { told: told as Tensor2D }),
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
  read(ids: Tensor2D, state: State, iteration?: number): { logits: Tensor2D; state: State } {
    const learns = iteration !== undefined || tf.engine().isTapeOn();
    const atOnce = learns ? undefined : this.implementation.read;
    const plain = atOnce && this.plain(state);
    if (atOnce && plain) {
      const { logits, state: layers } = atOnce(plain, ids, state.layers);
      return { logits, state: { layers, ...keepConditioning(state) } };
    }
    if (this.params.bidirectional) return readWindows(ids, state, (window) => this.encode(window, state));
    const read = this.features(ids, state, iteration);
    const attended = this.params.attention ? this.attended(read.features, state) : undefined;
    const logits = this.scores([read.features, ...(attended ? [attended.average] : [])]);
    return { logits, state: { layers: read.layers, memory: attended?.memory, ...keepConditioning(state) } };
  }

  /** What the head makes of what the network has at some positions, [time, batch, …]: [time × batch, vocabulary]. */
  private scores(parts: readonly Tensor3D[]): Tensor2D {
    const seen = sideBySide(parts)!;
    const [time, batch, width] = seen.shape;
    return seen
      .reshape([time * batch, width])
      .matMul(this.weight("head/kernel"))
      .add(this.weight("head/bias"));
  }

  /**
   * Scores what follows a window that is read both ways: [batch, vocabulary].
   *
   * @param ids int32: [steps, batch]
   * @param state of which the layers begin
   */
  private encode(ids: Tensor2D, state: State, iteration?: number): Tensor2D {
    const { features, ends, layers } = this.features(ids, state, iteration);
    disposeState({ layers });
    if (!this.params.attention) return this.scores([ends!]);
    const { average, memory } = this.attended(features, {});
    disposeState({ layers: [], memory });
    return this.scores([ends!, average.slice([ids.shape[0] - 1, 0, 0])]);
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
    const { features, layers } = this.features(ids, state);
    const { weights, memory } = this.attended(features, state);
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
   * @param told of a network with labels: those of the rows
   * @returns losses, the gradients of `crossEntropy` by `learned` in their order, and the state after the last token;
   *   accuracy and state are kept: the caller disposes of them
   */
  learn(
    ids: Tensor2D,
    targets: Tensor2D,
    state: State,
    iteration: number,
    told?: Told,
  ): Loss & { state: State; gradients: readonly Tensor[] } {
    const atOnce = this.implementation.learn;
    const plain = atOnce && !told && this.plain(state);
    if (atOnce && plain) {
      const learned = atOnce(plain, ids, targets, state.layers, this.stepOptions(iteration));
      return {
        ...learned,
        state: { layers: learned.state },
        gradients: this.weights.learnedOf(this.byVariables(learned.gradients)),
      };
    }
    const variables = [...this.weights.learned];
    let learned: (Loss & { state: State }) | undefined;
    const { value: crossEntropy, grads } = tf.variableGrads(() => {
      const from = told ? this.begin(state, told) : state;
      const { loss } = this.implementation;
      if (this.params.bidirectional) {
        const logits = this.encode(sometimesShort(ids, this.params.seed, iteration), from, iteration);
        learned = {
          ...loss(logits, targets.slice([ids.shape[0] - 1, 0]).flatten()),
          state: stateAfter(ids, from),
        };
        return learned.crossEntropy;
      }
      const read = this.read(ids, from, iteration);
      learned = { ...loss(read.logits, targets.flatten()), state: read.state };
      return learned.crossEntropy;
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
    const atOnce = this.implementation.generate;
    return tidy(() => {
      const plain = atOnce && this.plain(state);
      if (!plain) return undefined;
      const written = atOnce(plain, state.layers, { prompt, ...choice });
      return { ids: written.ids, state: { layers: written.state, ...keepConditioning(state) } };
    });
  }

  /**
   * The network as layers that read tokens and a head: what operations that compute a whole network know. An embedding is
   * multiplied into the kernels, what is told of one text added to the biases. Call it inside `tf.tidy`.
   *
   * @returns undefined where the network has more than that: attention, a head that reads the embedding, two ways of reading,
   *   or something told of each of several texts
   */
  plain({ told }: State): NetworkWeights | undefined {
    const { attention, skipEmbedding, embedding, bidirectional } = this.params;
    if (attention || skipEmbedding || bidirectional || (told && told.shape[0] > 1)) return undefined;
    const alone = told ? toldOnce(this.weights.layers, told) : this.weights.layers;
    const layers = embedding ? folded(alone, this.weight("embedding/embeddings")) : alone;
    return { layers, headKernel: this.weight("head/kernel"), headBias: this.weight("head/bias") };
  }

  /** Gradients by `variables`, out of those by the weights of `plain`. */
  private byVariables(gradients: Tensor[]): Tensor[] {
    if (!this.params.embedding) return gradients;
    const inStack = this.stack.variables.length;
    const back = unfolded(
      gradients.slice(0, inStack),
      this.weights.layers,
      this.weight("embedding/embeddings"),
    );
    return [...back.layers, back.embedding, ...gradients.slice(inStack)];
  }

  /**
   * What the network has at each position: [time, batch, `featureWidth`].
   *
   * @returns with what the layers remember, which is kept, and of a bidirectional network with what it has at the end of all:
   *   [1, batch, `featureWidth`]
   */
  private features(ids: Tensor2D, state: State, iteration?: number) {
    const { embedding, skipEmbedding } = this.params;
    const embedded = embedding ? lookUp(this.weight("embedding/embeddings"), ids) : undefined;
    const options = iteration === undefined ? {} : this.stepOptions(iteration);
    const input = beside(embedded ? { embedded } : { ids }, state);
    const { outputs, state: layers } = this.stack.run(input, state.layers, options);
    const read = readsAll(this.params) ? outputs : outputs.slice(-1);
    const features = sideBySide([...(skipEmbedding ? [embedded!] : []), ...read])!;
    const last = skipEmbedding ? [embedded!.slice([ids.shape[0] - 1, 0, 0])] : [];
    const ends = this.params.bidirectional ? sideBySide([...last, ...read.map(atTheEnds)])! : undefined;
    return { features, ends, layers };
  }

  private attended(features: Tensor3D, { memory }: Pick<State, "memory">): Attended {
    return attend(features, { memory, kernel: this.weight("attention/kernel"), span: this.params.steps });
  }

  /** One of the weights around the layers that this network has. */
  private weight<Kind extends Tensor>(name: string): Kind {
    return this.weights.aroundLayers<Kind>(name)!;
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

/** What is told of the texts goes on to be so: kept, whoever calls disposes of it. */
function keepConditioning({ told }: State): Pick<State, "told"> {
  return told ? { told: tf.keep(told.clone()) } : {};
}
