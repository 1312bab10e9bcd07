/**
 * The whole project in a few lines, with defaults for everything: a poet reads texts of one's own, learns, writes, and is kept
 * in a file. Whoever wants more finds in it the `Training`, the `Model` and the `TextLibrary` that do the work.
 */
import { stat } from "node:fs/promises";
import type { Summary } from "./network/summary-table";
import { alreadyShown, display } from "./show/notebook";
import { watch } from "./show/watch/watch";
import { Written } from "./show/written";
import { heldOutShare } from "./train/short-ways/sized";
import { shortOptions, startShort, type ShortWayOptions } from "./train/short-ways/short-ways";
import { modelPlace } from "./train/saved/places";
import { collect, generateMany, type ManyOptions } from "./generate/many";
import type { Writing } from "./generate/generate";
import type { Model } from "./network/model";
import type { Params } from "./train/params";
import { TextLibrary, type Library } from "./text/library";
import { askForColumn } from "./text/tables/table";
import type { Source } from "./text/sources/sources";
import { loadModel } from "./train/saved/checkpoint";
import { endAfter } from "./train/epochs";
import type { TrainingEvent } from "./train/events";
import { cardOf, type Card } from "./train/saved/card";
import { readModel, saveModel, type SaveModelOptions } from "./train/saved/model-file";
import type { TrainOptions } from "./train/options";
import { train } from "./train/train";
import { Training } from "./train/training";

/** What a poet reads: see `Source`. A library of one's own says how much of it is held out. */
export type Texts = Source | readonly Source[] | Library;

export interface PoetTrainOptions extends TrainOptions {
  /** How often the texts are read, on average; as often as `params.iterations` steps do. */
  readonly epochs?: number;
  /** Told what happens: see `TrainingEvent`. */
  readonly onEvent?: (event: TrainingEvent) => void;
  /** Whether nothing is shown of it (default: false). */
  readonly silent?: boolean;
}

/**
 * @example
 * const poet = await Poet.from("mine.txt");
 * await poet.train({ epochs: 20 });
 * console.log(await poet.generate(3, { temperature: 0.6 }));
 * await poet.save("data/poet.palimpsest");
 */
export class Poet {
  private constructor(
    private network: Model,
    /** Undefined as long as it has no texts. */
    private current?: Training,
    /** Of what it had learned before its texts were these. */
    private earlier?: Card,
  ) {}

  /** Whether its training ended since validation no longer fell. */
  private ended = false;

  /**
   * A poet that has learned nothing yet. `steps`, `batchSize`, `iterations` and `dropout` follow the size of the texts where
   * they are not told, and small English texts begin with the network that comes with the project: `train` says so.
   *
   * @param texts a path, an address, "gutenberg:1342", a table's columns, or a list of such
   * @throws where a text is missing, empty, binary or shorter than `params.steps`, or a parameter is out of range
   * @example await Poet.from({ file: "haiku.csv", column: "text" }, { level: "words", embedding: 100 })
   */
  static async from(
    texts: Texts,
    params: Partial<Params> = {},
    options: Pick<ShortWayOptions, "pretrained"> = {},
  ): Promise<Poet> {
    const { training, card } = await startShort(await libraryOf(texts), params, options);
    return new Poet(training.model, training, card);
  }

  /**
   * A poet that was saved, or the network of a run or of a checkpoint, or "pretrained", the one that comes with the project.
   *
   * @param name a file, a folder, or the name of a run in data/runs
   * @throws where there is none
   * @example const poet = await Poet.load("data/poet.palimpsest");
   */
  static async load(name: string): Promise<Poet> {
    const place = await modelPlace(name);
    const isFile = (await stat(place).catch(() => undefined))?.isFile();
    if (!isFile) return new Poet(await loadModel(place));
    const { model, card } = await readModel(place);
    return new Poet(model, undefined, card);
  }

  /** What writes; another one once it reads other texts, or begins a training after one that was finished. */
  get model(): Model {
    return this.network;
  }

  /**
   * The training that is under way.
   *
   * @throws where the poet was loaded and has no texts yet
   */
  get training(): Training {
    if (!this.current)
      throw new Error('Expected texts to train on, got none yet: name some, `await poet.read("mine.txt")`');
    return this.current;
  }

  /** What is known of it, to go with it. */
  get card(): Card | undefined {
    if (!this.current || this.current.position.iteration === 0) return this.earlier;
    const card = cardOf(this.current);
    if (!this.earlier) return card;
    const texts = new Map([...this.earlier.texts, ...card.texts].map((text) => [JSON.stringify(text), text]));
    const iterations = this.earlier.iterations + card.iterations;
    return { ...this.earlier, ...card, texts: [...texts.values()], iterations };
  }

  /**
   * Goes on from all that it has learned with other texts; `train` then learns from these alone.
   *
   * @param params in which the training is to be another than it was; `steps`, `batchSize`, `iterations`, `dropout` and the
   *   learning rate follow the size of the texts where they are not told, as `train` says
   * @throws as `from` does, and where the network would have to have another shape
   * @example await poet.read("letters.txt");
   */
  async read(texts: Texts, params: Partial<Params> = {}): Promise<void> {
    const { training } = await startShort(await libraryOf(texts), params, { model: this.network });
    this.goOnWith(training);
  }

  /**
   * Learns from its texts, until an interrupt at the latest. Called again it goes on where it was; with `epochs`, or after the
   * end, it begins another training with what it knows, its learning rate high again. It shows how it goes, in a notebook as
   * `watch` does, in a terminal in a line a second; and ends when validation no longer falls, with the weights that measured
   * best, unless `patience` and `restoreBest` say otherwise.
   *
   * @throws where the poet was loaded and has no texts yet
   * @example await poet.train({ seconds: 60 });
   */
  async train({ onEvent, silent = false, ...options }: PoetTrainOptions = {}): Promise<void> {
    const { epochs, ...loop } = options;
    await this.prepare(epochs);
    const { library, position } = this.training;
    const events = heard(this.run(loop), onEvent);
    if (!silent) await watch(events, library, { history: [...position.history], lineEvery: 1 });
    else for await (const event of events) void event;
  }

  /**
   * The same as it happens.
   *
   * @example await watch(poet.events({ epochs: 20 }), poet.training.library);
   */
  async *events({ epochs, ...options }: Omit<PoetTrainOptions, "onEvent" | "silent"> = {}): AsyncGenerator<
    TrainingEvent,
    void,
    void
  > {
    await this.prepare(epochs);
    yield* this.run(options);
  }

  /** Begins another training where the last one is over, or epochs are to be counted from now on. */
  private async prepare(epochs: number | undefined): Promise<void> {
    const { library, params, position } = this.training;
    const finished = this.ended || position.iteration >= params.iterations;
    if (finished || (epochs !== undefined && position.iteration > 0))
      this.goOnWith(await Training.start(library, {}, { model: this.network }));
    if (epochs !== undefined) endAfter(this.training, epochs);
  }

  private async *run(options: TrainOptions): AsyncGenerator<TrainingEvent, void, void> {
    for await (const event of train(this.training, shortOptions(this.training, options))) {
      if (event.type === "end") this.ended = event.reason === "patience";
      yield event;
    }
  }

  /**
   * Writes texts, each of which begins with the prompt. Printed they are texts, not a list of strings.
   *
   * @throws where an option is unknown or out of range, and where the poet knows nothing of the prompt
   * @example await poet.generate(3, { prompt: "Once ", temperature: [1, 0.2, 0.2] })
   */
  async generate(n = 1, options: Partial<Writing> & Omit<ManyOptions, "n"> = {}): Promise<Written> {
    const texts = await collect(generateMany(this.network, { ...options, n }));
    return Written.from(texts.map(({ prompt, text }) => (prompt + text).trimStart())) as Written;
  }

  /** Shows the layers of its network, what they give and their weights, as a table. */
  summary(): Summary {
    const summary = this.network.summary();
    display({ "text/plain": summary.toString() });
    alreadyShown(summary);
    return summary;
  }

  /** Writes the poet with its card into a file, whole or not at all: see `saveModel`. */
  async save(file: string, options: SaveModelOptions = {}): Promise<void> {
    const { card } = this;
    await saveModel(this.network, file, { ...(card && { card }), ...options });
  }

  /** Frees the memory of the network and its training. */
  dispose(): void {
    (this.current ?? this.network).dispose();
  }

  /** Its next training, which has begun with what it knows. */
  private goOnWith(training: Training): void {
    this.earlier = this.card;
    this.ended = false;
    this.dispose();
    this.current = training;
    this.network = training.model;
  }
}

/** Of small texts a larger share is held out than of others: else there would be nothing to measure on. */
async function libraryOf(texts: Texts): Promise<Library> {
  if (typeof texts === "object" && "vocabularyOf" in texts) return texts;
  const sources = Array.isArray(texts) ? (texts as readonly Source[]) : [texts as Source];
  const library = await TextLibrary.open(sources);
  library.texts.forEach(askForColumn);
  const validation = heldOutShare(library.length);
  return validation === 0.05 ? library : new TextLibrary(library.texts, { validation }, library.notices);
}

async function* heard(
  events: AsyncIterable<TrainingEvent>,
  onEvent: PoetTrainOptions["onEvent"],
): AsyncGenerator<TrainingEvent, void, void> {
  for await (const event of events) {
    onEvent?.(event);
    yield event;
  }
}
