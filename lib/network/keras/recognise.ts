/** Which network of ours some layers of Keras are: its shape and its weights. What reads what there, `readers.ts` says. */
import type { NetworkParams } from "../params";
import { identity, rowsOf, stacked, type Weight } from "./layers";
import { readersOf, tableOf, type Part, type Reader, type Recurrent, type Table } from "./readers";
import type { ReadLayer } from "./topology";

export interface Recognised {
  readonly params: Pick<
    NetworkParams,
    "neurons" | "layers" | "skipConnections" | "embedding" | "skipEmbedding"
  >;
  /** How many tokens it knows. */
  readonly vocabulary: number;
  /** By the names of `Model.weights`. */
  readonly weights: ReadonlyMap<string, Weight>;
}

/**
 * Recognises a network by the classes and the order of its layers: ids (or one-hot rows), an embedding, LSTMs on top of
 * each other, a dense layer. What an LSTM or the head may read in ours and does not there has weights of zero.
 *
 * @throws where the layers are no network of ours, with the first that is not
 */
export function recognise(layers: readonly ReadLayer[]): Recognised {
  const { lstms, head } = readersOf(layers);
  const neurons = lstms[0].recurrentKernel.shape[0];
  for (const { name, recurrentKernel } of lstms)
    if (recurrentKernel.shape[0] !== neurons)
      throw new Error(
        `Expected as many units in each LSTM, but "${name}" has ${recurrentKernel.shape[0]}, the first one ${neurons}`,
      );

  for (const { name, reads, kernel } of [...lstms, head]) {
    const rows = reads.reduce((sum, part) => sum + (tableOf(part)?.width ?? neurons), 0);
    if (kernel.shape[0] !== rows)
      throw new Error(`Expected ${rows} rows in the kernel of "${name}", got ${kernel.shape[0]}`);
  }

  const tables = new Set(
    [...lstms, head].flatMap(({ reads }) => reads.flatMap((part) => tableOf(part) ?? [])),
  );
  const [table] = tables;
  const skipEmbedding = head.reads.some(tableOf);
  const embedded = tables.size === 1 && (skipEmbedding || !isFolded(table, lstms));
  if (skipEmbedding && tables.size > 1)
    throw new Error("Expected one embedding where the head reads it, got several");
  const skipConnections =
    lstms.slice(1).some(({ reads }) => reads.some(tableOf)) ||
    head.reads.some((part) => "lstm" in part && part.lstm < lstms.length - 1);
  const vocabulary = table.rows?.shape[0] ?? table.width;
  const columns = 4 * neurons;
  const weights = new Map<string, Weight>();
  lstms.forEach((lstm, layer) => {
    const below = layer ? [lstmRows(lstm, layer - 1, neurons)] : [];
    const tokens = () => (embedded ? embeddedRows(lstm, table) : tokenRows(lstm, vocabulary));
    const kernel = stacked([...below, ...(layer === 0 || skipConnections ? [tokens()] : [])]);
    if (kernel.shape[1] !== columns)
      throw new Error(`Expected ${columns} columns in the kernel of "${lstm.name}", got ${kernel.shape[1]}`);
    weights.set(`lstm_${layer}/kernel`, kernel);
    weights.set(`lstm_${layer}/recurrent_kernel`, lstm.recurrentKernel);
    weights.set(`lstm_${layer}/bias`, lstm.bias);
  });
  if (embedded) weights.set("embedding/embeddings", table.rows ?? identity(table.width));
  const seen = lstms.map((_, layer) => layer).slice(skipConnections ? 0 : -1);
  weights.set(
    "head/kernel",
    stacked([
      ...(skipEmbedding ? [embeddedRows(head, table)] : []),
      ...seen.map((layer) => lstmRows(head, layer, neurons)),
    ]),
  );
  weights.set("head/bias", head.bias);
  if (head.kernel.shape[1] !== vocabulary)
    throw new Error(`Expected a score for each of ${vocabulary} tokens, got ${head.kernel.shape[1]}`);
  return {
    params: {
      neurons,
      layers: lstms.length,
      skipConnections,
      embedding: embedded ? table.width : 0,
      skipEmbedding,
    },
    vocabulary,
    weights,
  };
}

/** Whether a table and kernels are one of the two ways in which `kerasLayers` writes a network without an embedding. */
function isFolded(table: Table, lstms: readonly Recurrent[]): boolean {
  if (!table.rows || isIdentity(table.rows)) return true;
  return lstms.every((lstm) => {
    const rows = rowsFor(lstm, (part) => tableOf(part) === table);
    return rows === undefined || isIdentity(rows);
  });
}

/** The rows of a layer's kernel for the tokens themselves. */
function tokenRows(lstm: Recurrent, vocabulary: number): Weight {
  const rows = rowsFor(lstm, (part) => tableOf(part) !== undefined);
  const table = lstm.reads.map(tableOf).find((one) => one !== undefined);
  if (!rows || !table) return zerosOf(vocabulary, lstm.kernel.shape[1]);
  if (!table.rows || isIdentity(table.rows)) return rows;
  return isIdentity(rows) ? table.rows : product(table.rows, rows);
}

function embeddedRows(reader: Reader, table: Table): Weight {
  return rowsFor(reader, (part) => tableOf(part) === table) ?? zerosOf(table.width, reader.kernel.shape[1]);
}

function lstmRows(reader: Reader, layer: number, neurons: number): Weight {
  const rows = rowsFor(reader, (part) => "lstm" in part && part.lstm === layer, neurons);
  return rows ?? zerosOf(neurons, reader.kernel.shape[1]);
}

/** The rows of a kernel for one of the parts that it reads. All LSTMs have as many units: what the tables leave. */
function rowsFor(
  { reads, kernel }: Reader,
  wanted: (part: Part) => boolean,
  neurons?: number,
): Weight | undefined {
  const tables = reads.reduce((sum, part) => sum + (tableOf(part)?.width ?? 0), 0);
  const others = reads.filter((part) => !tableOf(part)).length;
  const units = neurons ?? (kernel.shape[0] - tables) / Math.max(others, 1);
  let at = 0;
  for (const part of reads) {
    const width = tableOf(part)?.width ?? units;
    if (wanted(part)) return rowsOf(kernel, at, at + width);
    at += width;
  }
  return undefined;
}

function isIdentity({ shape: [rows, columns], values }: Weight): boolean {
  return rows === columns && values.every((value, at) => value === (at % (columns + 1) === 0 ? 1 : 0));
}

function product(left: Weight, right: Weight): Weight {
  const [rows, inner] = left.shape;
  const columns = right.shape[1];
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let i = 0; i < inner; i++)
        sum += left.values[row * inner + i] * right.values[i * columns + column];
      values[row * columns + column] = sum;
    }
  return { shape: [rows, columns], values };
}

function zerosOf(rows: number, columns: number): Weight {
  return { shape: [rows, columns], values: new Float32Array(rows * columns) };
}
