/** What reads what in a network of Keras: follows its layers from the tokens to the scores, and says which are none of ours. */
import type { Weight } from "./layers";
import type { ReadLayer } from "./topology";

/** A stretch of what a layer reads at a position: tokens by a table of rows, or the output of an LSTM. */
export type Part = { readonly table: Table } | { readonly lstm: number };

/** Rows for tokens; one-hot rows, which nobody has written down, have none. */
export interface Table {
  readonly width: number;
  readonly rows?: Weight;
}

export interface Reader {
  readonly name: string;
  readonly reads: readonly Part[];
  readonly kernel: Weight;
  readonly bias: Weight;
}

export interface Recurrent extends Reader {
  readonly recurrentKernel: Weight;
}

/** Outside of training these give what they are given. */
const passing = [
  "Dropout",
  "SpatialDropout1D",
  "GaussianDropout",
  "GaussianNoise",
  "AlphaDropout",
  "ActivityRegularization",
  "Identity",
];

/**
 * Follows the layers from the ids to the scores.
 *
 * @returns the LSTMs, first to last, and the dense layer that reads them
 * @throws where a layer is none of ours or does what ours does not, with the first that is so
 */
export function readersOf(layers: readonly ReadLayer[]): { lstms: Recurrent[]; head: Reader } {
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
    const expectAs = (
      option: string,
      expected: unknown,
      fallback: unknown = expected,
      remedy = "train it anew so",
    ) => {
      const value = config[option] ?? fallback;
      if (value !== expected)
        throw new Error(
          `Expected \`${option}\` ${String(expected)} of ${named}, got ${JSON.stringify(value)}: ${remedy}`,
        );
    };
    /** @param ranks how many sides each of them has */
    const expectWeights = (ranks: readonly number[]) => {
      if (weights.length !== ranks.length)
        throw new Error(`Expected ${ranks.length} weights of ${named}, found ${weights.length}`);
      const shapes = weights.map(({ shape }) => shape);
      if (shapes.some(({ length }, index) => length !== ranks[index]))
        throw new Error(
          `Expected weights of ${ranks.join(", ")} sides of ${named}, got those of the shapes ` +
            shapes.map((shape) => `[${shape.join(", ")}]`).join(", "),
        );
    };
    if (className === "InputLayer") outputs.set(name, inputOf(layer));
    else if (className === "Embedding") {
      expectAs("mask_zero", false);
      expectWeights([2]);
      if (alone !== "ids") throw new Error(`Expected ${named} to read ids`);
      outputs.set(name, [{ table: { width: weights[0].shape[1], rows: weights[0] } }]);
    } else if (className === "LSTM") {
      expectAs("activation", "tanh");
      expectAs(
        "recurrent_activation",
        "sigmoid",
        "hard_sigmoid",
        'train it with recurrent_activation="sigmoid"',
      );
      expectAs("go_backwards", false);
      const biased = config.use_bias !== false;
      expectWeights(biased ? [2, 2, 1] : [2, 2]);
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
      expectWeights(biased ? [2, 1] : [2]);
      const [kernel] = weights;
      head = { name, reads: parts(), kernel, bias: biased ? weights[1] : noBias(kernel) };
      outputs.set(name, "scores");
    } else if ((passing.includes(className) || isActivation(layer, "linear")) && alone !== undefined) {
      outputs.set(name, alone);
    } else if (alone === "scores" && isSoftmax(layer)) {
      outputs.set(name, "scores");
    } else if (className === "Bidirectional") {
      throw new Error(
        `Expected layers that read from left to right, but ${named} reads both ways, and so can't write a text token by token. ` +
          "Train a network without it, or one here with `bidirectional: true`, which reads a window of `steps` tokens",
      );
    } else {
      throw new Error(
        `Expected embeddings, LSTMs and a dense layer, as a network here has them; ${named} doesn't carry over`,
      );
    }
  });
  if (!lstms.length || !head) throw new Error("Expected LSTMs and a dense layer, found none");
  lstms.forEach((lstm, layer) => checkReads(lstm, layer - 1));
  checkReads(head, lstms.length - 1, true);
  return { lstms, head };
}

function isSoftmax(layer: ReadLayer): boolean {
  return layer.className === "Softmax" || isActivation(layer, "softmax");
}

function isActivation({ className, config }: ReadLayer, activation: string): boolean {
  return className === "Activation" && config.activation === activation;
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
function checkReads({ name, reads }: Reader, below: number, any = false): void {
  const names = reads.map((part) => ("lstm" in part ? part.lstm : -1));
  const odd = names.some((lstm) => lstm >= 0 && lstm !== below && !(any && lstm < below));
  if (odd || new Set(names).size !== names.length)
    throw new Error(
      `Expected "${name}" to read tokens and the LSTM below it, each once, but it reads others`,
    );
  if (below >= 0 && !names.includes(below))
    throw new Error(`Expected "${name}" to read the LSTM below it, but it does not`);
  if (below < 0 && !names.includes(-1)) throw new Error(`Expected "${name}" to read tokens`);
}

export function tableOf(part: Part): Table | undefined {
  return "table" in part ? part.table : undefined;
}

function noBias(kernel: Weight): Weight {
  return { shape: [kernel.shape[1]], values: new Float32Array(kernel.shape[1]) };
}
