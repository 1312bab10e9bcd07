/** Parts of texts as numbers, ready to be cut into batches. */
import { OptionError } from "../../base/option-error";
import type { Batch } from "./batch";
import { sometimesUntold, type Labels } from "../labels";
import { rankOf } from "../../base/lines";
import { shuffled, type Random } from "../../base/random";
import type { Ids } from "../stored";
import type { Part } from "../text";
import type { Vocabulary } from "../tokens/vocabulary";

export interface BatchOptions {
  /** Tokens that the network reads in one training step: the length of back-propagation through time. */
  readonly steps: number;
  /** Rows that are read side by side. */
  readonly batchSize: number;
  readonly seed: number;
  /** Windows that are drawn begin at every so many tokens of a text (default: 1). */
  readonly stride?: number;
  /** What the network is told of the texts beside their words (default: nothing). */
  readonly labels?: Labels;
  /** Whether it learns, and so is sometimes not told (default: false). */
  readonly sometimesUntold?: boolean;
}

export interface EncodedPart {
  /** See `Text.weight`. */
  readonly weight: number;
  /** Where stretches of texts with the same labels begin, and the numbers of these: see `Labels.idsOf`. */
  readonly labelled: { readonly starts: readonly number[]; readonly ids: readonly (readonly number[])[] };
  readonly ids: Ids;
}

export interface EncodedParts {
  /** Those with at least `steps` + 1 tokens: as many inputs, and the target of the last. */
  readonly encoded: readonly EncodedPart[];
  /** The others. */
  readonly leftOut: readonly Part[];
}

/**
 * A part becomes numbers by itself. Short texts of one weight are laid end to end, a mark before, between and behind them, in
 * an order that the seed draws, so that none is too short and none learns to follow its neighbour in a table. Those with the
 * same labels are laid out by themselves where they fill a window; where they do not, they stand together with others, and a
 * window that goes over to a text with other labels has those of its first token.
 *
 * @throws where nothing is long enough
 */
export function encodeParts(
  parts: readonly Part[],
  vocabulary: Vocabulary,
  options: BatchOptions,
): EncodedParts {
  const { steps, batchSize } = options;
  for (const [name, value] of Object.entries({ steps, batchSize })) {
    if (!Number.isInteger(value) || value < 1) throw new OptionError(name, "to be a whole number > 0", value);
  }
  const rows = rowsOf(parts)
    .flatMap((row) => byLabels(row, vocabulary, options))
    .map((row) => ({ row, ...encodeRow(row, vocabulary, options) }));
  const encoded = rows
    .filter(({ ids }) => ids.length > steps)
    .map(({ row, ids, labelled }) => ({ weight: row[0].weight, ids, labelled }));
  if (encoded.length === 0) {
    const lengths = rows.map(({ row, ids }) => `"${row[0].title}" has ${ids.length}`).join(", ");
    throw new Error(
      `Expected a text of at least ${steps + 1} ${vocabulary.level} (\`steps\` + 1): ${lengths || "there is none"}. ` +
        "Lower `steps` or add longer texts.",
    );
  }
  return { encoded, leftOut: rows.filter(({ ids }) => ids.length <= steps).flatMap(({ row }) => row) };
}

/** Whether any of the parts, or the short texts together, have more than `steps` tokens. */
export function canEncode(parts: readonly Part[], vocabulary: Vocabulary, steps: number): boolean {
  return rowsOf(parts).some((row) => lengthOf(row, vocabulary) > steps);
}

/** What is laid end to end: each part alone, and all short texts of one weight. */
function rowsOf(parts: readonly Part[]): Part[][] {
  const rows: Part[][] = [];
  const short = new Map<number, Part[]>();
  for (const part of parts) {
    const others = part.short ? short.get(part.weight) : undefined;
    if (others) {
      others.push(part);
      continue;
    }
    const row = [part];
    rows.push(row);
    if (part.short) short.set(part.weight, row);
  }
  return rows;
}

/** Cuts off from a row of short texts those with the same labels that are long enough together. */
function byLabels(
  row: readonly Part[],
  vocabulary: Vocabulary,
  { steps, labels }: BatchOptions,
): (readonly Part[])[] {
  if (!row[0].short || !labels?.count) return [row];
  const alike = groups(row, (part) => labels.idsOf(part).join());
  const alone = alike.filter((texts) => lengthOf(texts, vocabulary) > steps);
  const others = alike.filter((texts) => !alone.includes(texts)).flat();
  return others.length ? [...alone, others] : alone;
}

function lengthOf(row: readonly Part[], vocabulary: Vocabulary): number {
  const marks = row[0].short ? row.length + 1 : 0;
  return row.reduce((sum, part) => sum + tokensIn(part, vocabulary), marks);
}

/** How many tokens a part has, marks not counted. */
export function tokensIn(part: Part, vocabulary: Vocabulary): number {
  return part.stored ? part.stored.ids(vocabulary).length : vocabulary.count(part.content);
}

/** @throws where short texts are to be read with a vocabulary that has no mark */
function encodeRow(
  row: readonly Part[],
  vocabulary: Vocabulary,
  { seed, labels }: BatchOptions,
): Omit<EncodedPart, "weight"> {
  const labelsOf = (part: Part) => labels?.idsOf(part) ?? [];
  const [{ stored }] = row;
  if (stored) return { ids: stored.ids(vocabulary), labelled: { starts: [0], ids: [labelsOf(row[0])] } };
  const length = lengthOf(row, vocabulary);
  // Sixteen bits hold most vocabularies at half the memory.
  const ids = vocabulary.size <= 0x10000 ? new Uint16Array(length) : new Int32Array(length);
  if (!row[0].short) {
    vocabulary.encodeInto(ids, row[0].content);
    return { ids, labelled: { starts: [0], ids: [labelsOf(row[0])] } };
  }
  const { mark } = vocabulary;
  if (mark === undefined) {
    throw new Error(
      `Expected a vocabulary with a mark for short texts as "${row[0].title}", got one without: ` +
        "it was made of longer texts. Train a new model on the short ones.",
    );
  }
  const starts: number[] = [];
  const alike = groups(shuffled(row, seed), (part) => labelsOf(part).join());
  let end = 0;
  for (const texts of alike) {
    starts.push(end);
    for (const { content } of texts) {
      ids[end++] = mark;
      end = vocabulary.encodeInto(ids, content, end);
    }
  }
  ids[end] = mark;
  return { ids, labelled: { starts, ids: alike.map(([first]) => labelsOf(first)) } };
}

/** Items with the same key, the keys in the order in which they first come. */
function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const all = new Map<string, Item[]>();
  for (const item of items) {
    const group = all.get(keyOf(item));
    if (group) group.push(item);
    else all.set(keyOf(item), [item]);
  }
  return [...all.values()];
}

/** A batch of zeros. */
export function emptyBatch({ steps, batchSize, labels }: BatchOptions): Batch {
  const size = steps * batchSize;
  const told = labels?.count ? { labels: new Int32Array(labels.count * batchSize) } : {};
  return {
    inputs: new Int32Array(size),
    targets: new Int32Array(size),
    time: steps,
    batch: batchSize,
    ...told,
  };
}

/** The number of the stretch in which a place lies: see `labelled`. */
export function stretchAt({ labelled }: EncodedPart, place: number): number {
  return rankOf(labelled.starts, place) - 1;
}

/** Where a row goes. */
interface Target {
  readonly row: number;
  readonly batch: Batch;
  /** Draws what is not told; without it all is. */
  readonly untold?: Random;
}

/**
 * Copies a row of a batch: into `inputs` the numbers, into `targets` what follows each of them, into `labels` those of the text
 * at `start`.
 *
 * @param ids those of the part from `start` on, one more than there are steps
 */
export function fillRow(
  part: EncodedPart,
  start: number,
  ids: ArrayLike<number>,
  { row, batch: { inputs, targets, labels, time, batch }, untold }: Target,
): void {
  let next = ids[0];
  for (let t = 0, at = row; t < time; t++, at += batch) {
    inputs[at] = next;
    next = ids[t + 1];
    targets[at] = next;
  }
  if (!labels) return;
  const known = part.labelled.ids[stretchAt(part, start)];
  const told = untold ? sometimesUntold(known, untold) : known;
  told.forEach((id, label) => (labels[label * batch + row] = id));
}
