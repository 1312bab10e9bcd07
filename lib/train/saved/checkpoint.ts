/** Checkpoints: written by a training, chosen among those of a run, loaded to write with or to go on. Their files: `checkpoint-files.ts`. */
import { createHash, type Hash } from "node:crypto";
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import type { Implementation } from "../../network/implementation";
import { Model } from "../../network/model";
import { completeParams, differences, shapeParams, type Params } from "../../network/params";
import { ready, tf, type NamedTensors } from "../../network/tensorflow";
import { BrokenFile } from "../../base/files/checksum";
import { Labels } from "../../text/labels";
import type { Library } from "../../text/library";
import type { Stored } from "../../text/stored";
import { MARK, Vocabulary } from "../../text/tokens/vocabulary";
import {
  readManifest,
  readTensors,
  writeCheckpoint,
  type Fingerprint,
  type Manifest,
} from "./checkpoint-files";
import { areFinite, DivergedError } from "../diverged";
import { about, checkSize, readCard, readModel, type Card } from "./model-file";
import { checkpointFolder, checkpointsIn, putAside, removeFolders, setAside } from "./run-folder";
import { refuseOthers } from "./run-lock";
import { countOf, NoNumbers } from "./tensor-files";
import { Training } from "../training";

/**
 * Writes a checkpoint into the folder of its run, and removes older ones: the newest `keep` stay, and the one with the
 * lowest validation loss.
 *
 * @returns where it is, and whether no other one in the run has a lower validation loss
 * @throws {DivergedError} where a number of it is not finite; then nothing is written
 */
export async function saveCheckpoint(
  training: Training,
  run: string,
  keep = 3,
): Promise<{ folder: string; best: boolean }> {
  const { model, library, position } = training;
  const validations = position.history.flatMap((entry) =>
    entry.type === "validation" ? [entry.crossEntropy] : [],
  );
  const folder = checkpointFolder(run, position.iteration);
  const manifest = {
    params: model.params,
    vocabulary: model.vocabulary.toJSON(),
    labels: model.labels.toJSON(),
    position,
    validation: validations[validations.length - 1] ?? null,
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
  const best = bestFirst(all)[0]?.folder;
  const old = all.slice(0, -keep).map((one) => one.folder);
  await removeFolders(old.filter((one) => one !== best && one !== folder));
  return { folder, best: best === folder };
}

/**
 * Makes sure that a run's folder is this training's own: checkpoints of another one, or of a later point of this one,
 * are set aside under another name, and broken ones too.
 *
 * @returns the name under which they are now, if there were any
 * @throws where another process trains there
 */
export async function claimRun(training: Training, run: string): Promise<string | undefined> {
  await refuseOthers(run);
  const all = await checkpointsIn(run);
  const whole = readable(all);
  for (const folder of all) if (!whole.some((one) => one.folder === folder)) await putAside(folder);
  if (whole.length === 0) return undefined;
  const { id, iteration } = whole[whole.length - 1].manifest.position;
  const own = id === training.position.id && iteration <= training.position.iteration;
  return own ? undefined : setAside(run);
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
  const resume = async (checkpoint: string, manifest: Manifest) => {
    const wanted = completeParams({ ...manifest.params, ...params });
    const names = (Object.keys(wanted) as (keyof Params)[]).filter((name) => name !== "iterations");
    refuse(checkpoint, [
      ...differences(wanted, manifest.params, names),
      ...unknownTokens(Vocabulary.fromJSON(manifest.vocabulary), await library.vocabularyOf(wanted)),
      ...textDifferences(manifest, library),
      ...Labels.of(library.texts, wanted.labels).differences(Labels.fromJSON(manifest.labels)),
    ]);
    return withTensors(checkpoint, manifest, async (tensors) => {
      const model = await modelOf(manifest, tensors, implementation);
      const training = await Training.start(library, wanted, { model, implementation }).finally(() =>
        model.dispose(),
      );
      try {
        training.restore(tensors, manifest.position);
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

interface Readable {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The checkpoints that say of themselves what they are; `onBroken` is told of the others. */
function readable(
  folders: readonly string[],
  onBroken: (folder: string, error: Error) => void = () => undefined,
): Readable[] {
  return folders.flatMap((folder) => {
    try {
      return [{ folder, manifest: readManifest(folder) }];
    } catch (error) {
      if (!isBroken(error)) throw error;
      onBroken(folder, error);
      return [];
    }
  });
}

/** By validation loss, the lowest first; the newest first where they are equal or nothing was held out. */
function bestFirst(checkpoints: readonly Readable[]): Readable[] {
  const loss = ({ manifest }: Readable) => manifest.validation ?? Infinity;
  return newestFirst(checkpoints).sort((one, other) =>
    loss(one) === loss(other) ? 0 : loss(one) - loss(other),
  );
}

function newestFirst(checkpoints: readonly Readable[]): Readable[] {
  return [...checkpoints].reverse();
}

/**
 * What is read from a checkpoint, or from the first of a run that is whole, in some order; with a warning for each that was
 * passed over.
 */
async function firstWhole<Result>(
  place: string,
  order: (checkpoints: readonly Readable[]) => Readable[],
  read: (checkpoint: string, manifest: Manifest) => Promise<Result>,
  onBroken: (checkpoint: string) => void = () => undefined,
): Promise<Result> {
  const all = await checkpointsIn(place);
  if (all.length === 0) return read(place, readManifest(place));
  const errors: Error[] = [];
  let removed = 0; // By a training that saves itself there meanwhile, and has newer ones.
  const passOver = (checkpoint: string, error: Error) => {
    if (!existsSync(checkpoint)) {
      removed++;
      return;
    }
    errors.push(error);
    onBroken(checkpoint);
  };
  for (const { folder, manifest } of order(readable(all, passOver))) {
    try {
      const result = await read(folder, manifest);
      for (const { message } of errors)
        process.emitWarning(`${message} Read instead: ${folder}`, "Palimpsest");
      return result;
    } catch (error) {
      if (!isBroken(error)) throw error;
      passOver(folder, error);
    }
  }
  if (removed) return firstWhole(place, order, read, onBroken);
  throw new Error(`Expected a whole checkpoint in ${place}, found none: ${errors.map(String).join(" ")}`);
}

function isBroken(error: unknown): error is Error {
  return error instanceof BrokenFile || error instanceof NoNumbers;
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

/** One for each text; the short texts of a source have one together. */
function fingerprints(library: Library): Fingerprint[] {
  const groups: { title: string; source: string; short?: boolean; stored?: Stored; hash: Hash }[] = [];
  for (const text of library.texts) {
    const { title, source, short, stored } = text;
    const last = groups[groups.length - 1];
    const goesOn = short && last?.short && last.source === source;
    const group = goesOn ? last : { title, source, short, stored, hash: createHash("sha256") };
    if (!goesOn) groups.push(group);
    if (!stored) group.hash.update(short ? text.content + MARK : text.content);
  }
  return groups.map(({ title, source, stored, hash }) => ({
    title,
    source,
    sha256: stored?.sha256 ?? hash.digest("hex"),
  }));
}

function vocabularyDifferences(there: Vocabulary, here: Vocabulary | undefined): string[] {
  if (!here) return [];
  const { onlyThere } = here.difference(there);
  const missing = onlyThere.length ? [`the vocabulary there also has ${quoted(onlyThere)}`] : [];
  return [...unknownTokens(there, here), ...(here.level === there.level ? missing : [])];
}

function unknownTokens(there: Vocabulary, here: Vocabulary): string[] {
  if (here.level !== there.level)
    return [`the vocabulary here is one of ${here.level}, there of ${there.level}`];
  const { onlyHere } = here.difference(there);
  return onlyHere.length ? [`the vocabulary here also has ${quoted(onlyHere)}`] : [];
}

/** The first of some tokens, and how many more there are. */
function quoted(tokens: readonly string[]): string {
  const named = tokens.slice(0, 100).map((token) => JSON.stringify(token));
  return [
    ...named,
    ...(tokens.length > named.length ? [`and ${tokens.length - named.length} more`] : []),
  ].join(" ");
}

function textDifferences({ texts }: Manifest, library: Library): string[] {
  const here = fingerprints(library);
  const known = (list: readonly Fingerprint[], text: Fingerprint) =>
    list.some(({ sha256 }) => sha256 === text.sha256);
  const more = here
    .filter((text) => !known(texts, text))
    .map(({ title }) => `"${title}" was not read there, or has changed`);
  const less = texts
    .filter((text) => !known(here, text))
    .map(({ title }) => `"${title}" was read there and is not here`);
  const reordered = here.some(({ sha256 }, index) => sha256 !== texts[index].sha256);
  return more.length || less.length || !reordered ? [...more, ...less] : ["the texts come in another order"];
}

function refuse(checkpoint: string, reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  throw new Error(`${checkpoint} does not fit: ${reasons.join("; ")}. Change that, or start a new training.`);
}
