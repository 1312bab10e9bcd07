/**
 * Checkpoints: what is needed to go on with a training, or to write with its network, in one self-contained folder:
 *
 * - `checkpoint.json`: params, vocabulary, labels, position, history, the texts with their hashes, what the other file holds
 * - `weights.bin`: the weights in Keras' layout, the memory of Adam, the carried hidden state, as 32-bit floats
 */
import { createHash, type Hash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Implementation } from "../network/implementation";
import { Model } from "../network/model";
import { completeParams, differences, shapeParams, type Params } from "../network/params";
import { tf, type WeightSpecs } from "../network/tensorflow";
import { Labels, type Label } from "../text/labels";
import type { Library } from "../text/library";
import type { Stored } from "../text/stored";
import { MARK, Vocabulary } from "../text/vocabulary";
import { readCard, readModel, type Card } from "./model-file";
import { checkpointFolder, checkpointsIn, removeFolders, setAside, writeFolder } from "./run-folder";
import { Training, type Position } from "./training";

interface Manifest {
  readonly format: 1;
  readonly params: Params;
  readonly vocabulary: ReturnType<Vocabulary["toJSON"]>;
  /** Absent in checkpoints from before there were labels. */
  readonly labels?: readonly Label[];
  readonly position: Position;
  /** The newest validation loss, in nats a token; null where nothing was held out. */
  readonly validation: number | null;
  readonly texts: readonly Fingerprint[];
  readonly specs: WeightSpecs;
}

interface Fingerprint {
  readonly title: string;
  readonly source: string;
  readonly sha256: string;
}

/**
 * Writes a checkpoint into the folder of its run, and removes older ones: the newest `keep` stay, and the one with the
 * lowest validation loss.
 *
 * @returns where it is, and whether no other one in the run has a lower validation loss
 */
export async function saveCheckpoint(
  training: Training,
  run: string,
  keep = 3,
): Promise<{ folder: string; best: boolean }> {
  const { model, library, position } = training;
  const tensors = training.tensors();
  const { data, specs } = await tf.io.encodeWeights(tensors);
  tf.dispose(tensors);
  const validations = position.history.flatMap((entry) =>
    entry.type === "validation" ? [entry.crossEntropy] : [],
  );
  const manifest: Manifest = {
    format: 1,
    params: model.params,
    vocabulary: model.vocabulary.toJSON(),
    labels: model.labels.toJSON(),
    position,
    validation: validations[validations.length - 1] ?? null,
    texts: fingerprints(library),
    specs,
  };
  const folder = checkpointFolder(run, position.iteration);
  await writeFolder(folder, {
    "checkpoint.json": JSON.stringify(manifest),
    "weights.bin": new Uint8Array(data),
  });
  const all = await checkpointsIn(run);
  const best = await bestOf(all);
  await removeFolders(all.slice(0, -keep).filter((old) => old !== best && old !== folder));
  return { folder, best: best === folder };
}

/**
 * Makes sure that a run's folder is this training's own: checkpoints of another one, or of a later point of this one,
 * are set aside under another name.
 *
 * @returns the name under which they are now, if there were any
 */
export async function claimRun(training: Training, run: string): Promise<string | undefined> {
  const all = await checkpointsIn(run);
  if (all.length === 0) return undefined;
  const { id, iteration } = (await readManifest(all[all.length - 1])).position;
  const own = id === training.position.id && iteration <= training.position.iteration;
  return own ? undefined : setAside(run);
}

/**
 * The network of a checkpoint, or of a file that `saveModel` has written.
 *
 * @param place a file, a checkpoint, or a run: then its checkpoint with the lowest validation loss
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
    : await modelOf(await checkpointIn(place, bestOf), expected.implementation);
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
  const { texts, position, validation } = await readManifest(await checkpointIn(place, bestOf));
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

async function modelOf(checkpoint: string, implementation?: Implementation): Promise<Model> {
  const manifest = await readManifest(checkpoint);
  const vocabulary = Vocabulary.fromJSON(manifest.vocabulary);
  const labels = Labels.fromJSON(manifest.labels);
  const model = await Model.create(manifest.params, vocabulary, { implementation, labels });
  const tensors = await readTensors(checkpoint, manifest);
  model.weights.load(tensors);
  tf.dispose(tensors);
  return model;
}

/**
 * The training of a checkpoint, to go on with exactly where it stopped.
 *
 * @param folder a checkpoint, or a run: then its newest checkpoint
 * @param params where they are given they have to be those of the checkpoint, but for `iterations`, the end of training
 * @throws where the params, the vocabulary or the texts are others, with what differs
 */
export async function resumeTraining(
  folder: string,
  library: Library,
  params: Partial<Params> = {},
  implementation?: Implementation,
): Promise<Training> {
  const checkpoint = await checkpointIn(folder, async (all) => all[all.length - 1]);
  const manifest = await readManifest(checkpoint);
  const wanted = completeParams({ ...manifest.params, ...params });
  const names = (Object.keys(wanted) as (keyof Params)[]).filter((name) => name !== "iterations");
  refuse(checkpoint, [
    ...differences(wanted, manifest.params, names),
    ...unknownTokens(Vocabulary.fromJSON(manifest.vocabulary), await library.vocabularyOf(wanted)),
    ...textDifferences(manifest, library),
    ...Labels.of(library.texts, wanted.labels).differences(Labels.fromJSON(manifest.labels)),
  ]);
  const model = await modelOf(checkpoint, implementation);
  const training = await Training.start(library, wanted, { model, implementation }).finally(() =>
    model.dispose(),
  );
  const tensors = await readTensors(checkpoint, manifest);
  training.restore(tensors, manifest.position);
  tf.dispose(tensors);
  return training;
}

async function checkpointIn(folder: string, pick: (all: string[]) => Promise<string>): Promise<string> {
  const all = await checkpointsIn(folder);
  return all.length ? pick(all) : folder;
}

/** The checkpoint with the lowest validation loss; the newest where they are equal or nothing was held out. */
async function bestOf(all: readonly string[]): Promise<string> {
  let best = all[all.length - 1];
  let lowest = Infinity;
  for (const folder of [...all].reverse()) {
    const { validation } = await readManifest(folder);
    if (validation !== null && validation < lowest) {
      lowest = validation;
      best = folder;
    }
  }
  return best;
}

async function readManifest(checkpoint: string): Promise<Manifest> {
  const file = path.join(checkpoint, "checkpoint.json");
  const content = await readFile(file, "utf8").catch(() => {
    throw new Error(`Expected a checkpoint or a run with checkpoints in ${checkpoint}, found none`);
  });
  const manifest = JSON.parse(content) as Manifest;
  if (manifest.format !== 1) {
    throw new Error(
      `Expected format 1 in ${file}, got ${manifest.format}: it was written by another palimpsest`,
    );
  }
  // What did not exist yet when it was written has its default.
  return { ...manifest, params: completeParams(manifest.params) };
}

async function readTensors(checkpoint: string, { specs }: Manifest) {
  const content = await readFile(path.join(checkpoint, "weights.bin"));
  return tf.io.decodeWeights(Uint8Array.from(content).buffer, specs);
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
