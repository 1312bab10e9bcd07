/** Training steps, forward, backward, clip and Adam: every implementation here beside the peers. */
import { contest, type Contender, type ContestOptions, type Outcome, type Results } from "../contest";
import { sizeName, stepOperations, weightCount, type StepSize } from "./network-size";
import { implementationsOf, type Programs } from "../programs";
import { ratio } from "../statistics";

export interface StepRow {
  readonly network: string;
  readonly by: string;
  readonly precision: string;
  /** Milliseconds of a step: the median and the fastest. */
  readonly milliseconds: number;
  readonly fastest: number;
  readonly charactersPerSecond: number;
  readonly gflops: number;
  /** `gflops` as a share of the rate of the faster product of matrices in fp32. */
  readonly shareOfGemm: number;
  /** How many times as long it takes as this project's fastest implementation in the same precision. */
  readonly timesOurs: number;
}

export interface StepResults extends Results<StepRow> {
  /** GFLOPS of products of matrices in fp32, by whose they are. */
  readonly gemm: Readonly<Record<string, number>>;
}

interface StepContender extends Contender {
  readonly by: string;
  readonly precision: string;
  readonly ours: boolean;
}

/** Rows and columns of the matrices by which the machine's rate is measured. */
const productSize = 2048;

/** Stock TensorFlow.js and its WebAssembly take seconds for larger ones. */
const largestForStock = "2x128";

export async function timeSteps(
  size: StepSize,
  programs: Programs,
  options: ContestOptions,
): Promise<StepResults> {
  const contenders = stepContenders(size, programs);
  const outcomes = await contest([...contenders, ...products(programs)], options);
  const found = (name: string) => outcomes.find((outcome) => outcome.name === name)!;
  contenders.forEach(({ name }) => checkWeights(size, found(name)));
  const gemm = Object.fromEntries(
    products(programs).map(({ name }) => [name, (2 * productSize ** 3) / (1e6 * found(name).median)]),
  );
  const rate = Math.max(...Object.values(gemm));
  const rows = contenders.map(({ name, by, precision }): StepRow => {
    const { median, fastest, times } = found(name);
    const ours = contenders.find((one) => one.ours && one.precision === precision);
    const gflops = stepOperations(size) / (1e6 * median);
    return {
      network: sizeName(size),
      by,
      precision,
      milliseconds: median,
      fastest,
      charactersPerSecond: (1000 * size.time * size.batch) / median,
      gflops,
      shareOfGemm: gflops / rate,
      timesOurs: ours ? ratio(times, found(ours.name).times) : NaN,
    };
  });
  return { rows, gemm, outcomes };
}

/**
 * This project's implementations, the fastest first, and ways of running them, then the peers; in bf16 as well where
 * the fastest can.
 */
function stepContenders(size: StepSize, programs: Programs): StepContender[] {
  const { own, ways, pages, pytorch, keras, stock, about } = programs;
  const { bfloat16 } = about[own.name];
  const [fastest, ...others] = implementationsOf(programs);
  const contender = (
    program: Contender["program"],
    by: string,
    precision: string,
    implementation?: string,
  ) => ({
    name: `${by} ${precision}`,
    by,
    precision,
    program,
    task: "step",
    options: { ...size, precision, implementation },
    ours: implementation !== undefined,
  });
  const precisions = bfloat16 === "yes" ? ["fp32", "bf16"] : ["fp32"];
  return [
    ...precisions.map((precision) => contender(own, fastest, precision, fastest)),
    ...others.map((name) => contender(own, name, "fp32", name)),
    ...ways
      .filter(({ slow }) => !slow || sizeName(size) === largestForStock)
      .map(({ by, program, implementation }) => contender(program, by, "fp32", implementation)),
    ...pages.map((program) => contender(program, program.name, "fp32")),
    ...(pytorch ? precisions.map((precision) => contender(pytorch, "PyTorch", precision)) : []),
    ...(keras ? [contender(keras, "Keras", "fp32")] : []),
    ...(stock && sizeName(size) === largestForStock
      ? [contender(stock, "stock tf.layers.lstm", "fp32")]
      : []),
  ];
}

function products({ own, pytorch }: Programs): Contender[] {
  const options = { size: productSize };
  return [
    { name: "TensorFlow's MatMul", program: own, task: "matmul", options },
    ...(pytorch ? [{ name: "torch.mm", program: pytorch, task: "matmul", options }] : []),
  ];
}

/** All must have the same network; PyTorch's second biases are within the hundredth that is let pass. */
function checkWeights(size: StepSize, { name, facts }: Outcome): void {
  const expected = weightCount(size);
  if (Math.abs(Number(facts.weights) - expected) > expected / 100)
    throw new Error(`Expected ${expected} weights of ${name}, got ${facts.weights}`);
}
