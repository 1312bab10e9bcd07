/** A training as it stands between two steps: everything that is needed to go on with it. */
import { randomUUID } from "node:crypto";
import type { Implementation } from "../network/implementation";
import { takeOver } from "./extend";
import { Model } from "../network/model";
import { makeOptimizer } from "../network/learning/optimizers";
import type { Optimizer } from "../network/learning/optimizer";
import { differences } from "../base/parameters";
import { usualSoftmax } from "../network/layers/cutoffs";
import { shapeParams } from "../network/params";
import { completeParams, type Params } from "./params";
import { disposeState, mapState, namedState, stateOf, type State } from "../network/state";
import { tf, type NamedTensors, type Tensor } from "../network/tensorflow";
import type { Batches } from "../text/batches/batch";
import { Labels } from "../text/labels";
import type { Library } from "../text/library";
import { threads } from "../text/batches/threads";
import { windows } from "../text/batches/windows";
import { BestWeights } from "./validation/best-weights";
import type { NoticeEvent, ValidationEvent } from "./events";
import type { Position, Recorded } from "./position";
import { learningRate } from "./schedule";
import { sizedNames, sizedParams, sizeInWords, trainingSize } from "./short-ways/sized";
import { carryOn, trainingStep, type StepResult } from "./steps/step";
import { WeightAverage } from "./steps/weight-average";
import { canValidate, validator } from "./validation/validate";

/** Of the names of tensors that are of the mean of weights. */
const averagePrefix = "average/";

export class Training {
  readonly optimizer: Optimizer;
  readonly batches: Batches;
  position: Position = { id: randomUUID(), iteration: 0, seconds: 0, history: [] };
  /** The hidden state after the last step, where batches go on from the last one; it is the training's own. */
  carried: State | undefined;
  /** The run that it goes on with, where it was resumed, and the newest iteration that stood there when it was read. */
  resumed: { readonly run: string; readonly newest: number } | undefined;
  /** The weights that measured best, where they are kept: see `TrainOptions.restoreBest`. */
  readonly best: BestWeights;
  private readonly average: WeightAverage;
  private readonly pending: Pick<NoticeEvent, "about" | "text">[] = [];
  private validator: ReturnType<typeof validator> | undefined;

  private constructor(
    readonly model: Model,
    /** All that was set of the network and its training; `model.params` is the same object. */
    readonly params: Params,
    readonly library: Library,
  ) {
    const { batches, steps, batchSize, stride, seed, optimizer } = params;
    const cut = batches === "threads" ? threads : windows;
    this.batches = cut(library.training, model.vocabulary, {
      steps,
      batchSize,
      stride,
      seed,
      labels: model.labels,
      sometimesUntold: true,
    });
    this.best = new BestWeights(model.weights);
    this.average = new WeightAverage(model.weights, params);
    this.optimizer = makeOptimizer(optimizer, model.weights.learned, model.implementation);
  }

  /**
   * Begins with fresh weights, or with a copy of those of a model that was trained before, which then also learns the
   * tokens of the library that it did not know. Of words those that `maxWords` lets through: it may know twice as many then.
   *
   * Where neither a model nor one of `steps`, `batchSize`, `iterations` and `dropout` is given, these follow the size of the
   * texts: see `sizedParams`. Many words are scored by an adaptive softmax where neither a model nor `softmax` is given.
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
    const characters = trainingSize(library);
    const told = trained !== undefined || sizedNames.some((name) => Object.hasOwn(params, name));
    const sized = told ? {} : sizedParams(characters, params);
    const complete = completeParams({ ...trained?.params, ...sized, ...params });
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
    const softmax = usualSoftmax(complete.level, vocabulary.size);
    const isOpen = !trained && !["softmax", "cutoffs"].some((name) => Object.hasOwn(params, name));
    const all = isOpen ? { ...complete, softmax } : complete;
    const model = await Model.create(all, vocabulary, { implementation, labels });
    try {
      if (trained) takeOver(model, trained);
      // A model keeps all params that it is given, those of its training, too.
      const training = new Training(model, model.params as Params, library);
      if (Object.keys(sized).length) training.notify("size", sizeInWords(characters, sized));
      return training;
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
      const named = new Map<string, Tensor>(this.best.newest);
      // Of what is frozen the optimizer remembers nothing: zeros stand for it.
      const { variables, learned } = model.weights;
      const frozen = variables.slice(0, variables.length - learned.length).map(tf.zerosLike);
      for (const [kind, remembered] of Object.entries(optimizer.memory)) {
        const prefix = `${this.params.optimizer}/${kind}/`;
        for (const [name, memory] of model.weights.toKeras([...frozen, ...remembered]))
          named.set(prefix + name, memory);
      }
      for (const [name, tensor] of Object.entries(carried ? namedState(carried) : {})) {
        named.set(`state/${name}`, tensor);
      }
      for (const [name, tensor] of Object.entries(this.average.tensors))
        named.set(averagePrefix + name, tensor);
      return Object.fromEntries(Array.from(named, ([name, tensor]) => [name, tensor.clone()]));
    });
  }

  /**
   * One step on the next batch, the state carried from the last one where the batches go on. Where it throws, the training has
   * the state and the place that it had before.
   *
   * @returns numbers that are still tensors: the caller disposes of them
   */
  step(): Omit<StepResult, "state"> {
    const { model, params, optimizer, batches } = this;
    const { iteration } = this.position;
    const batch = batches.at(iteration);
    const settings = {
      learningRate: learningRate(params, iteration, this.position.history),
      clipNorm: params.clipNorm,
      weightDecay: params.weightDecay,
      iteration,
    };
    const { state, ...measured } = carryOn(model, batch, this.carried, (before) =>
      trainingStep(model, optimizer, batch, before, settings),
    );
    this.carried = batches.stateful ? state : undefined;
    if (!batches.stateful) disposeState(state);
    this.position.iteration += 1;
    const averaged = this.average.follow(this.position);
    if (averaged) this.notify("average", averaged);
    return measured;
  }

  /** Says something that the user should know, when the training begins or goes on. */
  notify(about: NoticeEvent["about"], text: string): void {
    this.pending.push({ about, text });
  }

  /** What there is to say, which then is in the history. */
  takeNotices(): NoticeEvent[] {
    const { iteration } = this.position;
    const notices = this.pending
      .splice(0)
      .map((notice) => ({ type: "notice", iteration, ...notice }) as const);
    for (const entry of notices) this.record({ entry });
    return notices;
  }

  /** Notes what has come of the steps so far: an event to remember, the time, the steps that no report has told of. */
  record({ entry, ...rest }: Recorded): void {
    if (entry) this.position.history.push(entry);
    Object.assign(this.position, rest);
  }

  /** Whether the library holds out more than a window. */
  get canValidate(): boolean {
    return canValidate(this.model, this.library.validation);
  }

  /**
   * How well the network predicts what the library holds out, whose batches are made once.
   *
   * @throws where that is not longer than a window
   */
  async validate(): Promise<ValidationEvent> {
    this.validator ??= validator(this.model, this.library.validation);
    const { crossEntropy, perCharacter, accuracy } = await this.validator();
    const { iteration } = this.position;
    return { type: "validation", iteration, crossEntropy, perCharacter, accuracy };
  }

  /** Goes back to a place: copies the tensors, as `tensors` names them. */
  restore(tensors: NamedTensors, position: Position): void {
    const { model, optimizer } = this;
    this.best.dispose();
    model.weights.load(tensors);
    tf.tidy(() => {
      const memory = Object.keys(optimizer.memory).map((kind): [string, readonly Tensor[]] => {
        const memory = model.weights.fromKeras(tensors, `${this.params.optimizer}/${kind}/`);
        return [kind, model.weights.learnedOf(memory)];
      });
      optimizer.load(Object.fromEntries(memory), position.iteration);
    });
    if (this.carried) disposeState(this.carried);
    this.average.restore(tensors, position, averagePrefix);
    const state = under("state/", tensors);
    this.carried = state.length
      ? mapState(stateOf(Object.fromEntries(state)), (tensor) => tensor.add(0))
      : undefined;
    this.position = { ...position, history: [...position.history] };
  }

  /** Frees the memory of all but the network, of which then the caller disposes. The training is at its end. */
  releaseModel(): Model {
    if (this.carried) disposeState(this.carried);
    this.carried = undefined;
    this.best.dispose();
    this.average.forget();
    this.optimizer.dispose();
    return this.model;
  }

  /** Frees the memory of the network, the optimizer and the state. */
  dispose(): void {
    this.releaseModel().dispose();
  }
}

/** The tensors whose names begin so, by what follows. */
function under(prefix: string, tensors: NamedTensors): [string, Tensor][] {
  return Object.entries(tensors)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, tensor]) => [name.slice(prefix.length), tensor]);
}
