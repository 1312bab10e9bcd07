/** A training as it stands between two steps: everything that is needed to go on with it. */
import { randomUUID } from "node:crypto";
import type { Implementation } from "../network/implementation";
import { takeOver } from "./extend";
import { Model } from "../network/model";
import { makeOptimizer, type Optimizer } from "../network/learning/optimizers";
import { completeParams, differences, shapeParams, type Params } from "../network/params";
import { disposeState, mapState, namedState, stateOf, type State } from "../network/state";
import { tf, type NamedTensors, type Tensor } from "../network/tensorflow";
import type { Batches } from "../text/batches/batch";
import { Labels } from "../text/labels";
import type { Library } from "../text/library";
import { threads } from "../text/batches/threads";
import { windows } from "../text/batches/windows";
import type { HistoryEntry } from "./events";
import type { Unreported } from "./unreported";

/** How far a training is. */
export interface Position {
  /** Tells this training from others. */
  readonly id: string;
  /** Training steps made so far. */
  iteration: number;
  /** Time spent so far. */
  seconds: number;
  /** What has happened, in order. */
  readonly history: HistoryEntry[];
  /** Of steps that the next step event is to tell of; absent before the first, and in checkpoints from before it was saved. */
  unreported?: Unreported;
}

export class Training {
  readonly optimizer: Optimizer;
  readonly batches: Batches;
  position: Position = { id: randomUUID(), iteration: 0, seconds: 0, history: [] };
  /** The hidden state after the last step, where batches go on from the last one; it is the training's own. */
  carried: State | undefined;

  private constructor(
    readonly model: Model,
    readonly library: Library,
  ) {
    const { batches, steps, batchSize, stride, seed, optimizer } = model.params;
    const cut = batches === "threads" ? threads : windows;
    this.batches = cut(library.training, model.vocabulary, {
      steps,
      batchSize,
      stride,
      seed,
      labels: model.labels,
      sometimesUntold: true,
    });
    this.optimizer = makeOptimizer(optimizer, model.weights.learned, model.implementation);
  }

  /**
   * Begins with fresh weights, or with a copy of those of a model that was trained before, which then also learns the
   * tokens of the library that it did not know. Of words those that `maxWords` lets through: it may know twice as many then.
   *
   * @throws where a parameter is unknown or out of range, where `model` has another shape than `params` ask for, or where
   *   no text of the library is long enough for a window or has one of `params.labels`
   * @example const training = await Training.start(library, { neurons: 256, layers: 2 });
   * @example await Training.start(library, { iterations: 300, frozenLayers: 1 }, { model: await pretrained() });
   */
  static async start(
    library: Library,
    params: Partial<Params> = {},
    { model: trained, implementation }: { model?: Model; implementation?: Implementation } = {},
  ): Promise<Training> {
    const complete = completeParams({ ...trained?.params, ...params });
    const differing = trained ? differences(complete, trained.params, shapeParams) : [];
    if (differing.length) {
      throw new Error(
        `Expected params that fit the model: ${differing.join("; ")}. Remove these params, or omit \`model\`.`,
      );
    }
    const own = await library.vocabularyOf(complete);
    const vocabulary = trained?.vocabulary.extendedBy(own) ?? own;
    const labels = trained?.labels ?? Labels.of(library.texts, complete.labels);
    await library.prepare?.(vocabulary);
    const model = await Model.create(complete, vocabulary, { implementation, labels });
    try {
      if (trained) takeOver(model, trained);
      return new Training(model, library);
    } catch (error) {
      model.dispose();
      throw error;
    }
  }

  /**
   * Everything that is learned and remembered, by name: weights in Keras' layout, what the optimizer remembers of them, as
   * Adam's averages, the carried state. The caller disposes of them.
   */
  tensors(): NamedTensors {
    const { model, optimizer, carried } = this;
    return tf.tidy(() => {
      const named = new Map<string, Tensor>(model.weights);
      // Of what is frozen the optimizer remembers nothing: zeros stand for it.
      const { variables, learned } = model.weights;
      const frozen = variables.slice(0, variables.length - learned.length).map(tf.zerosLike);
      for (const [kind, remembered] of Object.entries(optimizer.memory)) {
        const prefix = `${model.params.optimizer}/${kind}/`;
        for (const [name, memory] of model.weights.toKeras([...frozen, ...remembered]))
          named.set(prefix + name, memory);
      }
      for (const [name, tensor] of Object.entries(carried ? namedState(carried) : {})) {
        named.set(`state/${name}`, tensor);
      }
      return Object.fromEntries(Array.from(named, ([name, tensor]) => [name, tensor.clone()]));
    });
  }

  /** Goes back to a place: copies the tensors, as `tensors` names them. */
  restore(tensors: NamedTensors, position: Position): void {
    const { model, optimizer } = this;
    model.weights.load(tensors);
    tf.tidy(() => {
      const memory = Object.keys(optimizer.memory).map((kind): [string, readonly Tensor[]] => {
        const memory = model.weights.fromKeras(tensors, `${model.params.optimizer}/${kind}/`);
        return [kind, model.weights.learnedOf(memory)];
      });
      optimizer.load(Object.fromEntries(memory), position.iteration);
    });
    if (this.carried) disposeState(this.carried);
    const state = Object.entries(tensors)
      .filter(([name]) => name.startsWith("state/"))
      .map(([name, tensor]): [string, Tensor] => [name.slice("state/".length), tensor]);
    this.carried = state.length
      ? mapState(stateOf(Object.fromEntries(state)), (tensor) => tensor.add(0))
      : undefined;
    this.position = { ...position, history: [...position.history] };
  }

  /** Frees the memory of the network, the optimizer and the state. */
  dispose(): void {
    if (this.carried) disposeState(this.carried);
    this.carried = undefined;
    this.optimizer.dispose();
    this.model.dispose();
  }
}
