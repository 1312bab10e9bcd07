/** Training steps on words: the full softmax and the adaptive one, ours beside PyTorch's. */
import { contest, type Contender, type ContestOptions, type Results } from "../contest";
import { implementationsOf, type Programs } from "../programs";
import { ratio } from "../statistics";
import { sizeName, type StepSize, type WordsSize } from "./network-size";

export interface WordsRow {
  readonly network: string;
  readonly by: string;
  readonly softmax: "full" | "adaptive";
  readonly weights: number;
  /** Milliseconds of a step: the median and the fastest. */
  readonly milliseconds: number;
  readonly fastest: number;
  readonly wordsPerSecond: number;
  /** How many times as long it takes as this project's fastest implementation with an adaptive softmax. */
  readonly timesOurs: number;
}

export type WordsResults = Results<WordsRow>;

/** Where the clusters of both begin: what this project takes for 10,000 words by itself. */
export const wordsSize: StepSize & WordsSize = {
  layers: 2,
  neurons: 128,
  vocabulary: 10_000,
  embedding: 100,
  cutoffs: [800, 4000],
  time: 64,
  batch: 64,
};

export async function timeWords(programs: Programs, options: ContestOptions): Promise<WordsResults> {
  const { own, ways, pytorch } = programs;
  const [fastest] = implementationsOf(programs);
  const wasm = ways.find(({ by }) => by === "wasm");
  const contenders = [
    ...both(own, fastest, fastest),
    ...(wasm ? both(wasm.program, wasm.by, wasm.implementation) : []),
    ...(pytorch ? both(pytorch, "PyTorch") : []),
  ];
  const outcomes = await contest(contenders, options);
  const ours = outcomes[1].times;
  const rows = contenders.map(({ by, softmax }, index): WordsRow => {
    const { median, fastest, times, facts } = outcomes[index];
    return {
      network: sizeName(wordsSize),
      by,
      softmax,
      weights: Number(facts.weights),
      milliseconds: median,
      fastest,
      wordsPerSecond: (1000 * wordsSize.time * wordsSize.batch) / median,
      timesOurs: ratio(times, ours),
    };
  });
  return { rows, outcomes };
}

function both(program: Contender["program"], by: string, implementation?: string) {
  return (["full", "adaptive"] as const).map((softmax) => ({
    name: `${by} ${softmax}`,
    by,
    softmax,
    program,
    task: "words",
    options: {
      ...wordsSize,
      cutoffs: softmax === "full" ? [] : wordsSize.cutoffs,
      precision: "fp32",
      implementation,
    },
  }));
}
