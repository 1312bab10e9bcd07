/** The network of the page: it predicts, writes, learns and is traced, by `lib` itself. */
import { setImmediate } from "node:timers/promises";
import { generate, goOn } from "../lib/generate/generate";
import { Writer } from "../lib/generate/writer";
import type { Model } from "../lib/network/model";
import { headline } from "../lib/show/overlay/headline";
import { overlay } from "../lib/show/overlay/overlay";
import { themed } from "../lib/show/page/themed";
import { readBytes } from "../lib/text/encoding/decode";
import type { GivenLabels } from "../lib/text/labels";
import { TextLibrary } from "../lib/text/library";
import type { Text } from "../lib/text/text";
import { decodeModel } from "../lib/train/saved/model-file";
import { train } from "../lib/train/train";
import { Training } from "../lib/train/training";
import { surprised } from "../lib/trace/surprised";
import type { Asked, ToPage } from "./messages";
import { Newest } from "./newest";
import type { Computing } from "./computing/computing";
import { networkFile } from "./beside/names";
import { traceIn, type PackedLibrary } from "./beside/traced-in";
import { unpackNetwork } from "./beside/unpack";

/** Of a long text the network reads the end, before it predicts or writes: a fraction of a second. */
const memory = 500;

/** How it learns: few windows at once, so that a step ends soon, and gently, so that it does not forget what it knew. */
const lessons = {
  batches: "windows",
  steps: 20,
  batchSize: 12,
  iterations: 80,
  optimizer: "adam",
  learningRate: 3e-3,
  schedule: "cosine",
  finalLearningRate: 0.1,
  warmup: 5,
  dropout: 0,
  clipNorm: 1,
  precision: "fp32",
} as const;

export class Poet {
  private readonly predicting = new Newest();
  private readonly writing = new Newest();
  private readonly learning = new Newest();
  /** The files that were dropped are read one after another. */
  private reading: Promise<unknown> = Promise.resolve();
  /** Stands behind the text that was typed so far. */
  private reader: { readonly writer: Writer; readonly text: string; readonly told: string } | undefined;
  /** What the visitor has dropped in: it is traced as well. */
  private readonly dropped: Text[] = [];

  private constructor(
    private model: Model,
    /** The network as it came. */
    private readonly packed: Uint8Array,
    private readonly library: Promise<PackedLibrary>,
    private readonly tell: (message: ToPage) => void,
  ) {}

  /**
   * @param network as the page has loaded it
   * @param options.library the texts that it has read, which may come later
   */
  static async open(
    network: string,
    {
      computing,
      library,
      tell,
    }: {
      readonly computing: Computing;
      readonly library: Promise<PackedLibrary>;
      readonly tell: (message: ToPage) => void;
    },
  ): Promise<Poet> {
    const packed = unpackNetwork(network);
    const { model } = await decodeModel(packed, networkFile);
    const { layers, neurons, level } = model.params;
    tell({ type: "opened", size: model.size, layers, neurons, level, labels: model.labels.all, computing });
    return new Poet(model, packed, library, tell);
  }

  /** Tells how a text most likely goes on, up to the end of a word or of a line. */
  predict(text: string, labels: GivenLabels): Promise<void> {
    return this.predicting.run(async (signal) => {
      await setImmediate();
      if (signal.aborted) return;
      const writer = this.readerOf(text, labels).copy();
      let words = "";
      try {
        for await (const piece of goOn(writer, { length: 32, temperature: 0, stop: ["\n"] })) words += piece;
      } finally {
        writer.dispose();
      }
      this.tell({ type: "predicted", text, words: words.replace(/(?<=\S)\s\S*$/, "").trimEnd() });
    });
  }

  /** Writes on from a text piece by piece, and tells where each passage of it comes from. */
  write({ writing, text, manner }: Asked<"write">): Promise<void> {
    return this.writing.run(async (signal) => {
      let written = "";
      for await (const piece of generate(this.model, { ...manner, prompt: ending(text) })) {
        if (signal.aborted) break;
        written += piece;
        this.tell({ type: "piece", writing, text: piece });
      }
      const found = traceIn(await this.library, written, this.dropped);
      const { labels } = manner;
      const traced = await surprised(found, { by: this.model, prompt: ending(text), labels });
      this.tell({
        ...{ type: "written", writing },
        overlay: inTheme(overlay(traced, forPage)),
        told: headline(traced).join(", "),
      });
    });
  }

  async stopWriting(): Promise<void> {
    await this.writing.end();
  }

  /**
   * Goes on learning on a text, and tells how well it predicts it. What is learned before it ends, unless this is no text.
   */
  async learn(
    { name, lesson }: { readonly name: string; readonly lesson: number },
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<void> {
    const reading = this.reading.then(() => readBytes(bytes, name));
    this.reading = reading.catch(() => undefined);
    const { content, notices } = await reading;
    if (content.trim() === "") throw new Error(`Expected words in ${name}, got an empty file`);
    return this.learning.run(async (signal) => {
      const text = { title: name, author: "", source: "visitor", content, weight: 1 };
      const training = await Training.start(new TextLibrary([text], { validation: 0 }), lessons, {
        model: this.model,
      });
      await this.use(training.model);
      if (!this.dropped.some((one) => one.content === content)) this.dropped.push(text);
      const { iterations } = lessons;
      this.tell({ type: "learning", lesson, name, characters: content.length, iterations, notices });
      try {
        for await (const event of train(training, { logEvery: 1, validateEvery: 0, sampleEvery: 0, signal }))
          if (event.type === "step")
            this.tell({ type: "loss", iteration: event.iteration, crossEntropy: event.crossEntropy });
      } finally {
        training.optimizer.dispose(); // its model goes on writing
      }
      this.tell({ type: "learned", lesson, stopped: signal.aborted });
    });
  }

  async stopLearning(): Promise<void> {
    await this.learning.end();
  }

  /** Forgets what it has learned here. */
  async reset(): Promise<void> {
    await this.learning.end();
    await this.use((await decodeModel(this.packed, networkFile)).model);
    this.dropped.length = 0;
    this.tell({ type: "was-reset" });
  }

  /** Goes on with another network. */
  private async use(model: Model): Promise<void> {
    await Promise.all([this.writing.end(), this.predicting.end()]);
    this.reader?.writer.dispose();
    this.reader = undefined;
    this.model.dispose();
    this.model = model;
  }

  /** A writer that has read a text; of the one before it reads only what has been added. */
  private readerOf(text: string, labels: GivenLabels): Writer {
    const { reader } = this;
    const told = JSON.stringify(labels);
    const goesOn = reader && told === reader.told && text.startsWith(reader.text);
    const writer = goesOn ? reader.writer : new Writer(this.model, labels);
    if (!goesOn) reader?.writer.dispose();
    writer.read(goesOn ? text.slice(reader.text.length) : ending(text));
    this.reader = { writer, text, told };
    return writer;
  }
}

const forPage = { opened: 12, around: 240, scripted: true, pictured: false } as const;

/** Colours as variables, which follow the reader's light or dark theme. */
function inTheme(html: string): string {
  return html.replace(/ style="[^"]*"/g, themed);
}

/** The end of a text, from the beginning of a word. */
function ending(text: string): string {
  return text.length > memory ? text.slice(-memory).replace(/^\S*\s/, "") : text;
}
