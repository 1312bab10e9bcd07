/**
 * The whole project in a few lines, with defaults for everything: a poet reads texts of one's own, learns, writes, and is kept
 * in a file. Whoever wants more finds in it the `Training`, the `Model` and the `TextLibrary` that do the work.
 */
import { stat } from "node:fs/promises";
import { collect, generateMany, type ManyOptions } from "./generate/many";
import type { Writing } from "./generate/generate";
import type { Model } from "./network/model";
import { defaults, type Params } from "./train/params";
import { TextLibrary, type Library } from "./text/library";
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

  /**
   * A poet that has learned nothing yet.
   *
   * @param texts a path, an address, "gutenberg:1342", a table's columns, or a list of such
   * @throws where a text is missing, empty, binary or shorter than `params.steps`, or a parameter is out of range
   * @example await Poet.from({ file: "haiku.csv", column: "text" }, { level: "words", embedding: 100 })
   */
  static async from(texts: Texts, params: Partial<Params> = {}): Promise<Poet> {
    const training = await Training.start(await libraryOf(texts), params);
    return new Poet(training.model, training);
  }

  /**
   * A poet that was saved, or the network of a run's folder or of a checkpoint.
   *
   * @throws where there is none
   * @example const poet = await Poet.load("data/poet.palimpsest");
   */
  static async load(place: string): Promise<Poet> {
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
   * @param params in which the training is to be another than it was; `iterations` is 2000 again where it is left out
   * @throws as `from` does, and where the network would have to have another shape
   * @example await poet.read("letters.txt");
   */
  async read(texts: Texts, params: Partial<Params> = {}): Promise<void> {
    const { iterations } = defaults;
    await this.begin(await libraryOf(texts), { iterations, ...params });
  }

  /**
   * Learns from its texts, until an interrupt at the latest. Called again it goes on where it was; with `epochs`, or after the
   * end, it begins another training with what it knows, its learning rate high again.
   *
   * @throws where the poet was loaded and has no texts yet
   * @example await poet.train({ seconds: 60 });
   */
  async train({ onEvent, ...options }: PoetTrainOptions = {}): Promise<void> {
    for await (const event of this.events(options)) onEvent?.(event);
  }

  /**
   * The same as it happens.
   *
   * @example await watch(poet.events({ epochs: 20 }), poet.training.library);
   */
  async *events({ epochs, ...options }: Omit<PoetTrainOptions, "onEvent"> = {}): AsyncGenerator<
    TrainingEvent,
    void,
    void
  > {
    const { library, params, position } = this.training;
    const finished = position.iteration >= params.iterations;
    if (finished || (epochs !== undefined && position.iteration > 0)) await this.begin(library);
    if (epochs !== undefined) endAfter(this.training, epochs);
    yield* train(this.training, options);
  }

  /**
   * Writes texts, each of which begins with the prompt.
   *
   * @throws where an option is unknown or out of range, and where the poet knows nothing of the prompt
   * @example await poet.generate(3, { prompt: "Once ", temperature: [1, 0.2, 0.2] })
   */
  async generate(n = 1, options: Partial<Writing> & Omit<ManyOptions, "n"> = {}): Promise<string[]> {
    const texts = await collect(generateMany(this.network, { ...options, n }));
    return texts.map(({ prompt, text }) => (prompt + text).trimStart());
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

  /** A training that begins with what it knows. */
  private async begin(library: Library, params: Partial<Params> = {}): Promise<void> {
    const training = await Training.start(library, params, { model: this.network });
    this.earlier = this.card;
    this.dispose();
    this.current = training;
    this.network = training.model;
  }
}

async function libraryOf(texts: Texts): Promise<Library> {
  if (typeof texts === "object" && "vocabularyOf" in texts) return texts;
  return TextLibrary.open(Array.isArray(texts) ? (texts as readonly Source[]) : [texts as Source]);
}
