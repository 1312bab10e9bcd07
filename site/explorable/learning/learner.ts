/** The network of the explorable: it reads what it is given over and over, and at times is looked at. */
import type { Model } from "../../../lib/network/model";
import { TextLibrary } from "../../../lib/text/library";
import { train } from "../../../lib/train/train";
import { Training } from "../../../lib/train/training";
import { Newest } from "../../../web/newest";
import type { Order, Sample, ToPage } from "../messages";
import { lookEvery, paramsOf } from "../settings";
import { lettersOf } from "./letters";
import { firstWords, sampleOf } from "./sample";

/** Characters that it writes by itself, and at most from the paragraph's first words. */
const sampleLength = 240;

export class Learner {
  private readonly reading = new Newest();
  private readonly writing = new Newest();
  private last: { readonly model: Model; readonly order: Order; iteration: number } | undefined;

  constructor(private readonly tell: (message: ToPage) => void) {}

  /** Begins with a fresh network, and forgets the one before. */
  read(order: Order): Promise<void> {
    return this.reading.run(async (signal) => {
      await this.writing.end();
      this.last?.model.dispose();
      this.last = undefined;
      const library = new TextLibrary(order.texts, { validation: 0 });
      const training = await Training.start(library, paramsOf(order.settings, library.length));
      this.last = { model: training.model, order, iteration: 0 };
      try {
        await this.look({ epoch: 0, seconds: 0, crossEntropy: NaN });
        const options = { logEvery: lookEvery, validateEvery: 0, sampleEvery: 0, signal };
        for await (const event of train(training, options)) {
          if (event.type !== "step") continue;
          this.last.iteration = event.iteration;
          await this.look(event);
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

  /** Writes once more, with the network as it is. */
  write(run: number, temperature: number): Promise<void> {
    return this.writing.run(async () => {
      if (this.last?.order.run !== run) return; // another has begun meanwhile
      this.tell({ type: "rewritten", run, samples: await this.samples(temperature) });
    });
  }

  private async look(event: {
    readonly epoch: number;
    readonly seconds: number;
    readonly crossEntropy: number;
  }) {
    const { model, order } = this.last!;
    const samples = await this.samples(order.settings.temperature);
    const letters = await lettersOf(model, "", order.texts[order.own].content.trimEnd());
    const known = letters.map(({ probability }) => probability);
    const { epoch: readings, seconds, crossEntropy: loss } = event;
    this.tell({ type: "look", run: order.run, look: { readings, seconds, loss, samples, known } });
  }

  private async samples(temperature: number): Promise<Sample[]> {
    const { model, order, iteration } = this.last!;
    const paragraph = order.texts[order.own].content.trimEnd();
    const prompt = firstWords(paragraph);
    const rest = Math.max(60, Math.min(sampleLength, paragraph.length - prompt.length));
    const manner = { temperature, seed: 1 + iteration };
    return [
      await sampleOf(model, order, { ...manner, prompt, length: rest }),
      await sampleOf(model, order, { ...manner, length: sampleLength }),
    ];
  }
}
