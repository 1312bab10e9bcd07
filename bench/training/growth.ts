/** How a training step's cost grows with layers, steps, batch and neurons: linearly, if all is well. */
import { contest, type ContestOptions, type Results } from "../contest";
import { multipliedWeights, stepOperations, type StepSize } from "./network-size";
import { implementationsOf, type Programs } from "../programs";

export interface GrowthRow {
  readonly growing: string;
  readonly layers: number;
  readonly neurons: number;
  readonly steps: number;
  readonly batch: number;
  readonly milliseconds: number;
  /** Picoseconds for each multiplied weight and character: alike in all rows where the cost grows linearly. */
  readonly picosecondsPerWeightAndCharacter: number;
  readonly gflops: number;
}

export type GrowthResults = Results<GrowthRow>;

const middle: StepSize = { layers: 2, neurons: 256, vocabulary: 90, time: 32, batch: 32 };

/** One of the four grows, the others stay. */
const growing: readonly (readonly [string, readonly Partial<StepSize>[]])[] = [
  ["layers", [1, 2, 4, 6, 8, 10].map((layers) => ({ layers }))],
  ["steps", [16, 32, 64, 128].map((time) => ({ time }))],
  ["batch", [16, 32, 64, 128].map((batch) => ({ batch }))],
  ["neurons", [64, 128, 256, 512, 1024].map((neurons) => ({ neurons }))],
];

/** The fastest implementation here, in fp32. */
export async function timeGrowth(programs: Programs, options: ContestOptions): Promise<GrowthResults> {
  const [implementation] = implementationsOf(programs);
  const points = growing.flatMap(([name, sizes]) =>
    sizes.map((size) => ({ name, size: { ...middle, ...size } })),
  );
  const contenders = points.map(({ name, size }, index) => ({
    name: `${name} ${index}`,
    program: programs.own,
    task: "step",
    options: { ...size, implementation, precision: "fp32" },
  }));
  const outcomes = await contest(contenders, options);
  const rows = points.map(({ name, size }, index): GrowthRow => {
    const { layers, neurons, time, batch } = size;
    const milliseconds = outcomes[index].median;
    return {
      growing: name,
      layers,
      neurons,
      steps: time,
      batch,
      milliseconds,
      picosecondsPerWeightAndCharacter: (1e9 * milliseconds) / (multipliedWeights(size) * time * batch),
      gflops: stepOperations(size) / (1e6 * milliseconds),
    };
  });
  return { rows, outcomes };
}
