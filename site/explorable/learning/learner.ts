/** The network of the explorable: it reads what it is given over and over, and at times is looked at. */
import type { Model } from "../../../lib/network/model";
import { TextLibrary } from "../../../lib/text/library";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { Newest } from "../../../web/newest";
import type { Order, Sample, ToPage } from "../messages";
import { lookEvery, paramsOf, sampleLength } from "../settings";
import { lettersOf } from "./letters";
import { firstWords, sampleOf } from "./sample";

/** A network of a run, and how many steps it has learned. */
interface Learned {
  readonly model: Model;
  readonly order: Order;
  iteration: number;
}

export class Learner {
  private readonly reading = new Newest();
  private readonly writing = new Newest();
  /** The networks of all runs, by their numbers: each may be asked to write again. */
  private readonly learned = new Map<number, Learned>();

  constructor(private readonly tell: (message: ToPage) => void) {}

  /** Begins with a fresh network. */
  read(order: Order): Promise<void> {
    return this.reading.run(async (signal) => {
      await this.writing.end();
      const library = new TextLibrary(order.texts, { validation: 0 });
      const training = await Training.start(library, paramsOf(order.settings, library.length));
      const learned: Learned = { model: training.model, order, iteration: 0 };
      this.learned.set(order.run, learned);
      try {
        await this.look(learned, { epoch: 0, seconds: 0, crossEntropy: NaN });
        const options = { logEvery: lookEvery, validateEvery: 0, sampleEvery: 0, signal };
        for await (const event of train(training, options)) {
          if (event.type !== "step") continue;
          learned.iteration = event.iteration;
          await this.look(learned, event);
        }
      } finally {
        training.releaseModel(); // it goes on writing
      }
      this.tell({ type: "ended", run: order.run, stopped: signal.aborted });
    });
  }

  stop(): Promise<void> {
    return this.reading.end();
  }

  /** Writes once more, with the network of a run as it is. */
  write(run: number, temperature: number): Promise<void> {
    return this.writing.run(async () => {
      const learned = this.learned.get(run);
      if (learned) this.tell({ type: "rewritten", run, samples: await samplesOf(learned, temperature) });
    });
  }

  private async look(
    learned: Learned,
    event: { readonly epoch: number; readonly seconds: number; readonly crossEntropy: number },
  ): Promise<void> {
    const { model, order } = learned;
    const samples = await samplesOf(learned, order.settings.temperature);
    const letters = await lettersOf(model, "", paragraphOf(order));
    const known = letters.map(({ probability }) => probability);
    const { epoch: readings, seconds, crossEntropy: loss } = event;
    this.tell({ type: "look", run: order.run, look: { readings, seconds, loss, samples, known } });
  }
}

/** One that goes on from the paragraph's first words, and one that begins by itself. */
async function samplesOf({ model, order, iteration }: Learned, temperature: number): Promise<Sample[]> {
  const paragraph = paragraphOf(order);
  const prompt = firstWords(paragraph);
  const rest = Math.max(60, Math.min(sampleLength, paragraph.length - prompt.length));
  const seed = 1 + 2 * iteration;
  return [
    await sampleOf(model, order, { temperature, seed, prompt, length: rest }),
    await sampleOf(model, order, { temperature, seed: seed + 1, length: sampleLength }),
  ];
}

function paragraphOf({ texts, own }: Order): string {
  return texts[own].content.trimEnd();
}
