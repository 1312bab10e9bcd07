/**
 * How the short ways train, which are told little: `Poet`, `watch` of a training, and the command `palimpsest train`. Settings
 * follow the size of the texts, small English ones begin with the pretrained network, and the end comes when validation no
 * longer falls.
 */
import type { Implementation } from "../../network/implementation";
import type { Model } from "../../network/model";
import { shapeParams } from "../../network/params";
import { isEnglish } from "../../text/english";
import type { Library } from "../../text/library";
import type { TrainOptions } from "../options";
import { defaults, type Params } from "../params";
import type { Card } from "../saved/card";
import { readModel } from "../saved/model-file";
import { pretrainedFile } from "../saved/places";
import { isSmall, least, sizedParams, sizeInWords, trainingSize } from "./sized";
import { Training } from "../training";

/** Characters below which a network learns less from a text than the pretrained one knows already. */
const smallForEnglish = 200_000;

/**
 * What a trained network asks for that goes on with a small text: the rate at which it began would make it forget
 * (docs/log.md, "Fine-tuning").
 */
const tuning: Partial<Params> = {
  batches: "windows",
  learningRate: 2e-3,
  finalLearningRate: 0.05,
  warmup: 20,
};

export interface ShortWayOptions {
  /** Whether small English texts begin with the network that comes with the project (default: true). */
  readonly pretrained?: boolean;
  /** Another trained network to begin with; who asked for it disposes of it. */
  readonly model?: Model;
  readonly implementation?: Implementation;
}

/**
 * A training whose settings follow the size of its texts, where they are not told; it says so when it begins.
 *
 * @returns with the card of the network that it begins with, if it is the pretrained one
 * @throws as `Training.start` does
 */
export async function startShort(
  library: Library,
  params: Partial<Params> = {},
  { pretrained = true, model, implementation }: ShortWayOptions = {},
): Promise<{ training: Training; card?: Card }> {
  const characters = trainingSize(library);
  const begins = !model && pretrained && characters >= least && fitsPretrained(library, params);
  const begin = begins ? await readModel(pretrainedFile, implementation) : undefined;
  const trained = model ?? begin?.model;
  const sized = trained ? shorter(sizedParams(characters, params)) : sizedParams(characters, params);
  const settings = { ...(trained && settingsOf(characters)), ...sized, ...params };
  const training = await Training.start(library, settings, { model: trained, implementation }).finally(() =>
    begin?.model.dispose(),
  );
  const follows = Object.keys(sized).length > 0;
  if (follows) training.notify("size", sizeInWords(characters, sized));
  if (begin) training.notify("advice", begunInWords);
  else if (model && isSmall(characters)) training.notify("advice", goesOnInWords(training.params));
  else if (follows && characters < tooSmall) training.notify("advice", tooSmallInWords(characters));
  return { training, card: begin?.card };
}

/** Of a trained network: it needs fewer steps, and large texts get as many as from a fresh one. */
function shorter({ iterations, ...sized }: ReturnType<typeof sizedParams>): ReturnType<typeof sizedParams> {
  return iterations === undefined ? sized : { ...sized, iterations: Math.round(iterations / 3) };
}

/** What a trained network learns with where nothing else is told, in place of what it learned with before. */
function settingsOf(characters: number): Partial<Params> {
  return { iterations: defaults.iterations, ...(isSmall(characters) ? tuning : {}) };
}

function goesOnInWords({ learningRate }: Params): string {
  return (
    `A network that is trained already learns a small text gently, at a learningRate of ${learningRate}, ` +
    "unless told otherwise: else it would forget what it knows."
  );
}

const begunInWords =
  "It begins with the pretrained network, which knows English already (pretrained/README.md); " +
  "`pretrained: false`, in a shell --no-pretrained, begins with nothing.";

/** Characters of which a network that knows nothing learns hardly more than which there are. */
const tooSmall = 3000;

function tooSmallInWords(characters: number): string {
  return (
    `${characters.toLocaleString("en")} characters are too few for a network that knows nothing to learn to write from: add texts, ` +
    'or begin with a trained network, `Poet.load("pretrained")` and `poet.read(…)`, in a shell --from pretrained.'
  );
}

/** Whether the pretrained network is the better beginning, and has the shape that is asked for. */
function fitsPretrained({ training }: Library, params: Partial<Params>): boolean {
  if (shapeParams.some((name) => Object.hasOwn(params, name))) return false;
  if (trainingSize({ training }) >= smallForEnglish) return false;
  return isEnglish(training.map(({ stored, content }) => (stored ? "" : content)).join(" "));
}

/**
 * The options of the loop where they are not told: it validates about once an epoch, ends when that no longer falls,
 * leaves the network with the weights that measured best, and writes samples four times, or each 10 iterations where
 * there are fewer than 40.
 */
export function shortOptions<Options extends TrainOptions>({ params, batches }: Training, given: Options) {
  const interval = Math.round(Math.min(batches.perEpoch, params.iterations / 20));
  return {
    validateEvery: Math.min(100, Math.max(5, interval)),
    patience: 5,
    restoreBest: true,
    sampleEvery: Math.min(250, Math.max(10, Math.ceil(params.iterations / 4))),
    ...given,
  };
}
