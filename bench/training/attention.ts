/** Training steps of textgenrnn's network: what an embedding, a skip connection and attention add to the plain one. */
import { contest, type ContestOptions, type Results } from "../contest";
import { implementationsOf, type Programs } from "../programs";
import { ratio } from "../statistics";
import { sizeName, type AttentiveSize, type StepSize } from "./network-size";

export interface AttentionRow {
  readonly network: string;
  readonly by: string;
  readonly has: string;
  readonly weights: number;
  /** Milliseconds of a step: the median and the fastest. */
  readonly milliseconds: number;
  readonly fastest: number;
  /** How many times as long it takes as the plain network, computed by the same. */
  readonly timesPlain: number;
}

export type AttentionResults = Results<AttentionRow>;

/** As textgenrnn has it by itself. */
export const attentiveSize: StepSize = { layers: 2, neurons: 128, vocabulary: 100, time: 40, batch: 128 };

const networks: readonly ({ readonly has: string } & AttentiveSize)[] = [
  { has: "nothing more", embedding: 0, skipEmbedding: false, attention: false },
  { has: "embedding", embedding: 100, skipEmbedding: false, attention: false },
  { has: "embedding that the head reads too", embedding: 100, skipEmbedding: true, attention: false },
  { has: "the same and attention", embedding: 100, skipEmbedding: true, attention: true },
];

export async function timeAttention(programs: Programs, options: ContestOptions): Promise<AttentionResults> {
  const { own, ways } = programs;
  const [fastest] = implementationsOf(programs);
  const computing = [
    { program: own, by: fastest, implementation: fastest },
    ...ways.filter(({ by }) => by === "wasm"),
  ];
  const contenders = computing.flatMap(({ program, by, implementation }) =>
    networks.map(({ has, ...network }) => ({
      name: `${by}, ${has}`,
      by,
      has,
      program,
      task: "attention",
      options: { ...attentiveSize, ...network, precision: "fp32", implementation },
    })),
  );
  const outcomes = await contest(contenders, options);
  const rows = contenders.map(({ by, has }, index): AttentionRow => {
    const { median, fastest, times, facts } = outcomes[index];
    const plain = contenders.findIndex((one) => one.by === by);
    return {
      ...{ network: sizeName(attentiveSize), by, has, weights: Number(facts.weights) },
      ...{ milliseconds: median, fastest, timesPlain: ratio(times, outcomes[plain].times) },
    };
  });
  return { rows, outcomes };
}
