/**
 * Checkpoints: written by a training, loaded to write with or to go on. Their files are in `checkpoint-files.ts`, which one of
 * a run is read in `checkpoint-choice.ts`, and whether it fits in `checkpoint-fit.ts`.
 */
import { stat } from "node:fs/promises";
import type { Implementation } from "../../network/implementation";
import { Model } from "../../network/model";
import { differences } from "../../base/parameters";
import { shapeParams } from "../../network/params";
import { completeParams, type Params } from "../params";
import { ready, tf, type NamedTensors } from "../../network/tensorflow";
import { Labels } from "../../text/labels";
import type { Library } from "../../text/library";
import { Vocabulary } from "../../text/tokens/vocabulary";
import { lossAt } from "../validation/best";
import { bestFirst, firstWhole, newestFirst, readable } from "./checkpoint-choice";
import { readTensors, writeCheckpoint, type Manifest } from "./checkpoint-files";
import {
  fingerprints,
  refuse,
  textDifferences,
  unknownTokens,
  vocabularyDifferences,
} from "./checkpoint-fit";
import { areFinite, DivergedError } from "../diverged";
import type { Card } from "./card";
import { runOf } from "./claim";
import { about, checkSize, readCard, readModel } from "./model-file";
import { checkpointFolder, checkpointsIn, putAside, removeFolders } from "./run-folder";
import { countOf } from "./tensor-files";
import { Training } from "../training";

/**
 * Writes a checkpoint into the folder of its run, and removes older ones: the newest `keep` stay, and the one with the
 * lowest validation loss.
 *
 * @returns where it is, and whether it was validated and no other one in the run has a lower validation loss
 * @throws {DivergedError} where a number of it is not finite; then nothing is written
 */
export async function saveCheckpoint(
  training: Training,
  run: string,
  keep = 3,
): Promise<{ folder: string; best: boolean }> {
  const { model, params, library, position } = training;
  const folder = checkpointFolder(run, position.iteration);
  const manifest = {
    params,
    vocabulary: model.vocabulary.toJSON(),
    labels: model.labels.toJSON(),
    position,
    validation: lossAt(position),
    texts: fingerprints(library),
  };
  const tensors = training.tensors();
  try {
    if (!(await areFinite(Object.values(tensors))))
      throw await DivergedError.of(training, { what: "a weight is not finite", run });
    await writeCheckpoint(folder, manifest, tensors);
  } finally {
    tf.dispose(tensors);
  }
  const all = readable(await checkpointsIn(run));
  const [first] = bestFirst(all);
  const best = first?.folder;
  const old = all.slice(0, -keep).map((one) => one.folder);
  await removeFolders(old.filter((one) => one !== best && one !== folder));
  return { folder, best: best === folder && lossAt(first.manifest.position) !== null };
}

/**
 * The network of a checkpoint, or of a file that `saveModel` has written.
 *
 * @param place a file, a checkpoint, or a run: then its checkpoint with the lowest validation loss; where that is broken, the
 *   next best one, with a warning
 * @param expected what it has to fit; anything goes where it is left out
 * @throws where it does not fit, with what differs
 * @example const model = await loadModel("data/runs/novels");
 */
export async function loadModel(
  place: string,
  expected: { params?: Partial<Params>; vocabulary?: Vocabulary; implementation?: Implementation } = {},
): Promise<Model> {
  const model = (await isFile(place))
    ? (await readModel(place, expected.implementation)).model
    : await firstWhole(place, bestFirst, (checkpoint, manifest) => {
        return withTensors(checkpoint, manifest, (tensors) =>
          modelOf(manifest, tensors, expected.implementation),
        );
      });
  const wanted = completeParams({ ...model.params, ...expected.params });
  const differing = [
    ...differences(wanted, model.params, shapeParams),
    ...vocabularyDifferences(model.vocabulary, expected.vocabulary),
  ];
  if (differing.length) model.dispose();
  refuse(place, differing);
  return model;
}

/**
 * What is known of the network that `loadModel` gives for the same place; undefined for a file without a card.
 *
 * @example await saveModel(await loadModel(run), "data/poet.palimpsest", { card: await cardIn(run) });
 */
export async function cardIn(place: string): Promise<Card | undefined> {
  if (await isFile(place)) return readCard(place);
  const { texts, position, validation } = await firstWhole(place, bestFirst, async (_, manifest) => manifest);
  return {
    texts: texts.map(({ title, source }) => ({ title, author: "", source })),
    iterations: position.iteration,
    validation,
    date: new Date().toISOString(),
  };
}

async function isFile(place: string): Promise<boolean> {
  return stat(place).then(
    (there) => there.isFile(),
    () => false,
  );
}

async function modelOf(
  { params, ...saved }: Manifest,
  tensors: NamedTensors,
  implementation?: Implementation,
): Promise<Model> {
  const vocabulary = Vocabulary.fromJSON(saved.vocabulary);
  const labels = Labels.fromJSON(saved.labels);
  checkSize({ params, vocabulary, labels }, countOf(saved.specs, "a checkpoint"));
  const model = await Model.create(params, vocabulary, { implementation, labels });
  try {
    model.weights.load(tensors);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/**
 * The training of a checkpoint, to go on with exactly where it stopped.
 *
 * @param folder a checkpoint, or a run: then its newest checkpoint; where that is broken, the one before, with a warning, and
 *   the broken one is put aside as `iteration-0000500.broken-1`
 * @param params where they are given they have to be those of the checkpoint, but for `iterations`, the end of training
 * @throws where the params, the vocabulary or the texts are others, with what differs
 */
export async function resumeTraining(
  folder: string,
  library: Library,
  params: Partial<Params> = {},
  implementation?: Implementation,
): Promise<Training> {
  const broken: string[] = [];
  const read = await runOf(folder);
  const resume = async (checkpoint: string, manifest: Manifest) => {
    return withTensors(checkpoint, manifest, async (tensors) => {
      const wanted = completeParams({ ...manifest.params, ...params });
      const names = (Object.keys(wanted) as (keyof Params)[]).filter((name) => name !== "iterations");
      refuse(checkpoint, [
        ...differences(wanted, manifest.params, names),
        ...unknownTokens(Vocabulary.fromJSON(manifest.vocabulary), await library.vocabularyOf(wanted)),
        ...textDifferences(manifest.texts, library),
        ...Labels.of(library.texts, wanted.labels).differences(Labels.fromJSON(manifest.labels)),
      ]);
      const model = await modelOf(manifest, tensors, implementation);
      const training = await Training.start(library, wanted, { model, implementation }).finally(() =>
        model.dispose(),
      );
      try {
        training.restore(tensors, manifest.position);
        training.resumed = read;
        return training;
      } catch (error) {
        training.dispose();
        throw error;
      }
    });
  };
  const training = await firstWhole(folder, newestFirst, resume, (checkpoint) => broken.push(checkpoint));
  // Else the training would find it in its way when it comes to that iteration again.
  for (const checkpoint of broken) await putAside(checkpoint).catch(() => undefined);
  return training;
}

/**
 * Lets a training that was resumed keep the weights that measured best before, where its run has them.
 *
 * @param iteration of these weights
 */
export async function keepSavedBest(training: Training, iteration: number, run: string): Promise<void> {
  const folder = checkpointFolder(run, iteration);
  const [saved] = readable((await checkpointsIn(run)).filter((one) => one === folder));
  if (saved?.manifest.position.id !== training.position.id) return;
  await withTensors(folder, saved.manifest, async (tensors) => {
    training.best.keep(
      iteration,
      training.model.weights.names.map((name) => [name, tensors[name]]),
    );
  });
}

async function withTensors<Result>(
  checkpoint: string,
  manifest: Manifest,
  use: (tensors: NamedTensors) => Promise<Result>,
): Promise<Result> {
  await ready();
  const tensors = readTensors(checkpoint, manifest);
  try {
    return await use(tensors);
  } catch (error) {
    throw about(checkpoint, error);
  } finally {
    tf.dispose(tensors);
  }
}
