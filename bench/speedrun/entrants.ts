/** Who takes part in `npm run speedrun`, and with what settings. PyTorch's are as carefully tuned as ours: docs/speedrun.md. */
import { defaults, type Params } from "../../lib/train/params";

/** Settings of PyTorch's LSTM: see `peers/char_lstm.py`. */
export interface LstmSettings {
  readonly neurons: number;
  readonly layers: number;
  /** Width of a learned row for each character; 0, rows of the identity matrix. */
  readonly embedding: number;
  readonly dropout: number;
  readonly batch: number;
  readonly steps: number;
  readonly learningRate: number;
  /** Share of it that is left at the end of a cosine. */
  readonly finalLearningRate: number;
  readonly warmup: number;
  readonly clipNorm: number;
  /** Of all weights, as ours. */
  readonly weightDecay: number;
  /** Share of the steps, the last ones, whose weights are averaged, as ours. */
  readonly averageLast: number;
  /** "own": PyTorch's uniform weights; "ours": those of `lib/network/initial-weights.ts`. */
  readonly initialWeights: "own" | "ours";
}

/** Settings of a small transformer: see `peers/small_gpt.py`. */
export interface GptSettings {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly batch: number;
  /** Characters that it sees. */
  readonly steps: number;
  readonly learningRate: number;
  readonly finalLearningRate: number;
  readonly warmup: number;
  readonly clipNorm: number;
  readonly weightDecay: number;
  readonly betas: readonly [number, number];
}

interface Named {
  readonly name: string;
  /** The part of the time that it has; 1 is all. */
  readonly share: number;
}

export type Entrant = Named &
  (
    | { readonly by: "palimpsest"; readonly task: "training"; readonly settings: Partial<Params> }
    | { readonly by: "PyTorch"; readonly task: "lstm"; readonly settings: LstmSettings }
    | { readonly by: "PyTorch"; readonly task: "gpt"; readonly settings: GptSettings }
  );

const ours = {
  ...{ neurons: 384, layers: 2, batches: "threads", batchSize: 32, steps: 64 },
  ...{ dropout: 0.2, learningRate: 8e-3, weightDecay: 0.12, averageLast: 0.3 },
} as const satisfies Partial<Params>;

/** Ours in PyTorch's words. */
function ourRecipe(): LstmSettings {
  const { neurons, layers, embedding, dropout, batchSize: batch, steps } = { ...defaults, ...ours };
  const { learningRate, finalLearningRate, warmup, clipNorm } = { ...defaults, ...ours };
  const { weightDecay, averageLast } = ours;
  return {
    ...{ neurons, layers, embedding, dropout, batch, steps },
    ...{
      learningRate,
      finalLearningRate,
      warmup,
      clipNorm,
      weightDecay,
      averageLast,
      initialWeights: "ours",
    },
  };
}

const lstm: LstmSettings = {
  ...{ neurons: 256, layers: 2, embedding: 64, dropout: 0.2, batch: 32, steps: 64 },
  ...{ learningRate: 4e-3, finalLearningRate: 0, warmup: 100, clipNorm: 1 },
  // The decay is ours in units of its learning rate.
  ...{ weightDecay: 0.25, averageLast: 0.3, initialWeights: "own" },
};

export const entrants: readonly Entrant[] = [
  { name: "palimpsest", by: "palimpsest", task: "training", share: 1, settings: ours },
  // Schedules of their own: halfway through a longer one the learning rate is too high to compare.
  {
    name: "palimpsest, 0.6 of the time",
    ...{ by: "palimpsest", task: "training", share: 0.6, settings: ours },
  },
  {
    name: "palimpsest, 1/3 of the time",
    ...{ by: "palimpsest", task: "training", share: 1 / 3 },
    settings: { ...ours, weightDecay: 0.08 },
  },
  {
    // It reads the text about twice. Weight decay was seen to help where a text is read six times or more, not where it
    // is read once.
    name: "palimpsest, 1/6 of the time",
    ...{ by: "palimpsest", task: "training", share: 1 / 6 },
    settings: { ...ours, neurons: 256, learningRate: 1e-2, weightDecay: 0 },
  },
  { name: "PyTorch LSTM", by: "PyTorch", task: "lstm", share: 1, settings: lstm },
  {
    name: "PyTorch LSTM, our recipe",
    ...{ by: "PyTorch", task: "lstm", share: 1 },
    settings: ourRecipe(),
  },
  {
    // nanoGPT's README, "I only have a macbook": its settings for a CPU.
    name: "small GPT",
    ...{ by: "PyTorch", task: "gpt", share: 1 },
    settings: {
      ...{ width: 128, layers: 4, heads: 4, batch: 12, steps: 64 },
      ...{ learningRate: 1e-3, finalLearningRate: 0.1, warmup: 100, clipNorm: 1 },
      ...{ weightDecay: 0.1, betas: [0.9, 0.99] },
    },
  },
];

/** What takes part where it is to be quick: a small network of ours alone. */
export const quickEntrants: readonly Entrant[] = [
  {
    ...{ name: "palimpsest", by: "palimpsest", task: "training", share: 1 },
    settings: { ...ours, neurons: 32, layers: 1, batchSize: 8, steps: 32 },
  },
];
