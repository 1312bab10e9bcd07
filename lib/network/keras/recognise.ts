/** Which network of ours some layers of Keras are: its shape and its weights, or why there is none. */
import type { Params } from "../params";
import { identity, rowsOf, stacked, type Weight } from "./layers";
import type { ReadLayer } from "./topology";

export interface Recognised {
  readonly params: Pick<Params, "neurons" | "layers" | "skipConnections" | "embedding" | "skipEmbedding">;
  /** How many tokens it knows. */
  readonly vocabulary: number;
  /** By the names of `Model.weights`. */
  readonly weights: ReadonlyMap<string, Weight>;
}

/** A stretch of what a layer reads at a position: tokens by a table of rows, or the output of an LSTM. */
type Part = { readonly table: Table } | { readonly lstm: number };

/** Rows for tokens; one-hot rows, which nobody has written down, have none. */
interface Table {
  readonly width: number;
  readonly rows?: Weight;
}

interface Reader {
  readonly name: string;
  readonly reads: readonly Part[];
  readonly kernel: Weight;
  readonly bias: Weight;
}

interface Recurrent extends Reader {
  readonly recurrentKernel: Weight;
}

const passing = ["Dropout", "SpatialDropout1D"];

/**
 * Recognises a network by the classes and the order of its layers: ids (or one-hot rows), an embedding, LSTMs on top of
 * each other, a dense layer. What an LSTM or the head may read in ours and does not there has weights of zero.
 *
 * @throws where the layers are no network of ours, with the first that is not
 */
export function recognise(layers: readonly ReadLayer[]): Recognised {
  const { lstms, head } = walk(layers);
  const neurons = lstms[0].recurrentKernel.shape[0];
  for (const { name, recurrentKernel } of lstms)
    if (recurrentKernel.shape[0] !== neurons)
      throw new Error(
        `Expected as many units in each LSTM, but "${name}" has ${recurrentKernel.shape[0]}, the first one ${neurons}`,
      );
  lstms.forEach((lstm, layer) => checkReads(lstm, layer - 1));
  checkReads(head, lstms.length - 1, true);

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

/** Follows the layers from the ids to the scores. */
function walk(layers: readonly ReadLayer[]): { lstms: Recurrent[]; head: Reader } {
  const outputs = new Map<string, readonly Part[] | "ids" | "scores">();
  const lstms: Recurrent[] = [];
  let head: Reader | undefined;
  const inputs = layers.filter(({ className }) => className === "InputLayer").length;
  if (inputs > 1) throw new Error(`Expected one input, the tokens, got ${inputs}`);
  layers.forEach((layer, index) => {
    const { className, name, config, reads, weights } = layer;
    const named = `the layer "${name}" (${className})`;
    const given = reads.map((read) => outputs.get(read));
    // In a sequential model of before Keras 3 the first layer has its input with it.
    const alone = index === 0 && className !== "InputLayer" ? inputOf(layer) : given[0];
    const parts = () => {
      if (given.length > 1 || !Array.isArray(alone))
        throw new Error(`Expected ${named} to read the tokens, or LSTMs that do, and nothing else`);
      return alone as readonly Part[];
    };
    const expectAs = (option: string, expected: unknown, fallback: unknown = expected) => {
      const value = config[option] ?? fallback;
      if (value !== expected)
        throw new Error(
          `Expected \`${option}\` ${String(expected)} of ${named}, got ${JSON.stringify(value)}`,
        );
    };
    const expectWeights = (count: number) => {
      if (weights.length !== count)
        throw new Error(`Expected ${count} weights of ${named}, found ${weights.length}`);
    };
    if (className === "InputLayer") outputs.set(name, inputOf(layer));
    else if (className === "Embedding") {
      expectAs("mask_zero", false);
      expectWeights(1);
      if (alone !== "ids") throw new Error(`Expected ${named} to read ids`);
      outputs.set(name, [{ table: { width: weights[0].shape[1], rows: weights[0] } }]);
    } else if (className === "LSTM") {
      expectAs("activation", "tanh");
      expectAs("recurrent_activation", "sigmoid", "hard_sigmoid");
      expectAs("go_backwards", false);
      const biased = config.use_bias !== false;
      expectWeights(biased ? 3 : 2);
      const [kernel, recurrentKernel] = weights;
      const bias = biased ? weights[2] : noBias(kernel);
      outputs.set(name, [{ lstm: lstms.length }]);
      lstms.push({ name, reads: parts(), kernel, recurrentKernel, bias });
    } else if (className === "Concatenate") {
      if (given.some((part) => !Array.isArray(part)))
        throw new Error(`Expected ${named} to read embeddings and LSTMs`);
      const { axis = -1 } = config;
      if (axis !== -1 && axis !== 2) throw new Error(`Expected \`axis\` -1 of ${named}, got ${String(axis)}`);
      outputs.set(name, (given as (readonly Part[])[]).flat());
    } else if (className === "Dense" && !head) {
      const { activation = "linear" } = config;
      if (activation !== "linear" && activation !== "softmax")
        throw new Error(
          `Expected \`activation\` linear or softmax of ${named}, got ${JSON.stringify(activation)}`,
        );
      const biased = config.use_bias !== false;
      expectWeights(biased ? 2 : 1);
      const [kernel] = weights;
      head = { name, reads: parts(), kernel, bias: biased ? weights[1] : noBias(kernel) };
      outputs.set(name, "scores");
    } else if (passing.includes(className) && alone !== undefined) {
      outputs.set(name, alone);
    } else if (alone === "scores" && isSoftmax(layer)) {
      outputs.set(name, "scores");
    } else {
      throw new Error(
        `Expected embeddings, LSTMs and a dense layer, as a network here has them; ${named} doesn't carry over`,
      );
    }
  });
  if (!lstms.length || !head) throw new Error("Expected LSTMs and a dense layer, found none");
  return { lstms, head };
}

function isSoftmax({ className, config }: ReadLayer): boolean {
  return className === "Softmax" || (className === "Activation" && config.activation === "softmax");
}

/** Ids are [batch, time], one-hot rows [batch, time, vocabulary]. */
function inputOf({ config, name }: ReadLayer): "ids" | readonly Part[] {
  const shape = (config.batch_shape ?? config.batch_input_shape) as (number | null)[] | undefined;
  const width = shape?.[2];
  if (width) return [{ table: { width } }];
  if (shape && shape.length !== 2)
    throw new Error(`Expected ids [batch, time] or one-hot rows in "${name}", got [${shape.join(", ")}]`);
  return "ids";
}

/** A layer may read tokens and the LSTM below it, the head all LSTMs, and each of them once. */
function checkReads({ name, reads, kernel }: Reader, below: number, any = false): void {
  const names = reads.map((part) => ("lstm" in part ? part.lstm : -1));
  const odd = names.some((lstm) => lstm >= 0 && lstm !== below && !(any && lstm < below));
  if (odd || new Set(names).size !== names.length)
    throw new Error(
      `Expected "${name}" to read tokens and the LSTM below it, each once, but it reads others`,
    );
  if (below >= 0 && !names.includes(below))
    throw new Error(`Expected "${name}" to read the LSTM below it, but it does not`);
  if (below < 0 && !names.includes(-1)) throw new Error(`Expected "${name}" to read tokens`);
  const tables = reads.flatMap((part) => tableOf(part) ?? []);
  const width = tables.reduce((sum, table) => sum + table.width, 0);
  if (kernel.shape[0] < width)
    throw new Error(`Expected ${width} rows or more in the kernel of "${name}", got ${kernel.shape[0]}`);
}

function tableOf(part: Part): Table | undefined {
  return "table" in part ? part.table : undefined;
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

function noBias(kernel: Weight): Weight {
  return { shape: [kernel.shape[1]], values: new Float32Array(kernel.shape[1]) };
}
