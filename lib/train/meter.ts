/** What the steps since the last report came to: mean losses, and how fast it goes. */
import { learningRate } from "../network/schedule";
import { tf, type Scalar } from "../network/tensorflow";
import type { StepEvent } from "./events";
import type { StepResult } from "./step";
import type { Training } from "./training";

type Measured = Pick<StepResult, "crossEntropy" | "accuracy" | "gradientNorm">;

export class Meter {
  private readonly startedAt = performance.now();
  private readonly startedFrom: number;
  private readonly secondsBefore: number;
  private pending: Measured[] = [];
  private computing = 0;

  /** @param limit seconds after which the training stops, however far it is */
  constructor(
    private readonly training: Training,
    private readonly limit: number,
  ) {
    this.startedFrom = training.position.iteration;
    this.secondsBefore = training.position.seconds;
  }

  /** Seconds since this meter was made. */
  get seconds(): number {
    return (performance.now() - this.startedAt) / 1000;
  }

  /** Steps that no report has told of. */
  get unread(): number {
    return this.pending.length;
  }

  /** Makes a step and keeps its numbers, still tensors, so that the next step need not wait for them. */
  measure(step: () => Measured): void {
    const began = performance.now();
    this.pending.push(step());
    this.computing += performance.now() - began;
    this.training.position.seconds = this.secondsBefore + this.seconds;
  }

  /** The report on the steps since the last one. */
  async report(): Promise<StepEvent> {
    const { training, pending } = this;
    const { params } = training.model;
    const began = performance.now();
    const mean = async (pick: (result: Measured) => Scalar) => {
      const stacked = tf.stack(pending.map(pick));
      const values = await stacked.data<"float32">();
      stacked.dispose();
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    const [crossEntropy, accuracy, gradientNorm] = [
      await mean((result) => result.crossEntropy),
      await mean((result) => result.accuracy),
      await mean((result) => result.gradientNorm),
    ];
    this.computing += performance.now() - began;
    const characters = pending.length * params.steps * params.batchSize;
    const perIteration = this.seconds / (training.position.iteration - this.startedFrom);
    const event: StepEvent = {
      type: "step",
      iteration: training.position.iteration,
      iterations: params.iterations,
      epoch: training.position.iteration / training.batches.perEpoch,
      crossEntropy,
      accuracy,
      learningRate: learningRate(params, training.position.iteration - 1),
      gradientNorm,
      tokensPerSecond: (1000 * characters) / this.computing,
      seconds: training.position.seconds,
      secondsLeft: Math.max(
        0,
        Math.min(this.limit - this.seconds, (params.iterations - training.position.iteration) * perIteration),
      ),
    };
    this.dispose();
    return event;
  }

  /** Frees what no report has told of. */
  dispose(): void {
    for (const { crossEntropy, accuracy, gradientNorm } of this.pending) {
      tf.dispose([crossEntropy, accuracy, gradientNorm]);
    }
    this.pending = [];
    this.computing = 0;
  }
}
