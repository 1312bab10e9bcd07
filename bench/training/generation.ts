/** Writing, one character after another: every implementation here beside the peers. */
import { contest, type Contender, type ContestOptions, type Outcome, type Results } from "../contest";
import { multipliedWeights, sizeName, type NetworkSize } from "./network-size";
import type { Program } from "../program";
import { implementationsOf, type Programs } from "../programs";
import { ratio } from "../statistics";

export interface GenerationRow {
  readonly network: string;
  readonly by: string;
  /** The median and the best. */
  readonly charactersPerSecond: number;
  readonly best: number;
  /** Microseconds of a character, the median. */
  readonly microseconds: number;
  /** Gigabytes of weights that are multiplied in a second, in fp32. */
  readonly gigabytesPerSecond: number;
  /** How many times as many characters this project's fastest implementation writes in that time. */
  readonly timesOurs: number;
}

export type GenerationResults = Results<GenerationRow>;

/** Characters of a run: few for those that take milliseconds for each. */
const lengths = { short: 50, long: 400 };

export async function timeGeneration(
  size: NetworkSize,
  programs: Programs,
  options: ContestOptions,
): Promise<GenerationResults> {
  const { own, ways, pytorch, keras, stock } = programs;
  const [fastest, ...others] = implementationsOf(programs);
  const contender = (program: Program, name: string, length: number, way = {}): Contender => {
    return { name, program, task: "generation", options: { ...size, ...way, length } };
  };
  const way = (implementation: string) => ({ implementation, precision: "fp32" });
  const contenders = [
    contender(own, fastest, lengths.long, way(fastest)),
    ...others.map((name) => contender(own, name, lengths.short, way(name))),
    ...ways.map(({ by, program, implementation, slow }) =>
      contender(program, by, slow ? lengths.short : lengths.long, way(implementation)),
    ),
    ...(pytorch ? [contender(pytorch, "PyTorch", lengths.long)] : []),
    ...(keras ? [contender(keras, "Keras", lengths.short)] : []),
    ...(stock ? [contender(stock, "stock tf.layers.lstm", lengths.short)] : []),
  ];
  const outcomes = await contest(contenders, options);
  const perCharacter = ({ times, facts }: Outcome) =>
    times.map((round) => round.map((milliseconds) => milliseconds / Number(facts.characters)));
  const rows = outcomes.map((outcome): GenerationRow => {
    const characters = Number(outcome.facts.characters);
    const rate = (1000 * characters) / outcome.median;
    return {
      network: sizeName(size),
      by: outcome.name,
      charactersPerSecond: rate,
      best: (1000 * characters) / outcome.fastest,
      microseconds: 1e6 / rate,
      gigabytesPerSecond: (4 * multipliedWeights(size) * rate) / 1e9,
      timesOurs: ratio(perCharacter(outcome), perCharacter(outcomes[0])),
    };
  });
  return { rows, outcomes };
}
