/** What the steps since the last report came to: mean losses, and how fast it goes. */
import { learningRate } from "../schedule";
import { tf, type Scalar } from "../../network/tensorflow";
import type { StepEvent } from "../events";
import type { StepResult } from "./step";
import type { Training } from "../training";
import { nothingUnreported } from "./unreported";

type Measured = Pick<StepResult, "crossEntropy" | "accuracy" | "gradientNorm">;

/** A step that came to something that is not finite. */
export interface Divergence {
  readonly iteration: number;
  readonly crossEntropy: number;
  readonly gradientNorm: number;
}

export class Meter {
  private readonly startedAt = performance.now();
  private readonly startedFrom: number;
  private readonly secondsBefore: number;
  private pending: Measured[] = [];
  private computing = 0;
  /** Steps that were measured here and of which no report has told. */
  private untold = 0;

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
    return this.untold;
  }

  /** Steps whose numbers are still tensors. */
  get unsettled(): number {
    return this.pending.length;
  }

  /** Makes a step and keeps its numbers, still tensors, so that the next step need not wait for them. */
  measure(step: () => Measured): void {
    const began = performance.now();
    this.pending.push(step());
    this.untold += 1;
    this.computing += performance.now() - began;
    this.training.record({ seconds: this.secondsBefore + this.seconds });
  }

  /**
   * Waits for the numbers of all steps and adds them to those that `position.unreported` has.
   *
   * @returns the first of these steps that came to something that is not finite, if there is one
   */
  async settle(): Promise<Divergence | undefined> {
    const { pending } = this;
    if (pending.length === 0) return undefined;
    const { position } = this.training;
    const began = performance.now();
    const valuesOf = async (pick: (result: Measured) => Scalar) => {
      const stacked = tf.stack(pending.map(pick));
      const values = await stacked.data<"float32">();
      stacked.dispose();
      return values;
    };
    const values = {
      crossEntropy: await valuesOf((result) => result.crossEntropy),
      accuracy: await valuesOf((result) => result.accuracy),
      gradientNorm: await valuesOf((result) => result.gradientNorm),
    };
    this.dispose();
    this.computing += performance.now() - began;
    const before = position.unreported ?? nothingUnreported;
    const sumOf = (name: keyof typeof values) =>
      values[name].reduce((sum, value) => sum + value, before[name]);
    this.training.record({
      unreported: {
        steps: before.steps + pending.length,
        crossEntropy: sumOf("crossEntropy"),
        accuracy: sumOf("accuracy"),
        gradientNorm: sumOf("gradientNorm"),
      },
    });
    const isFinite = (index: number) =>
      Number.isFinite(values.crossEntropy[index]) && Number.isFinite(values.gradientNorm[index]);
    const first = pending.findIndex((_, index) => !isFinite(index));
    if (first < 0) return undefined;
    return {
      iteration: position.iteration - pending.length + first + 1,
      crossEntropy: values.crossEntropy[first],
      gradientNorm: values.gradientNorm[first],
    };
  }

  /**
   * The report on the steps since the last one that was due, all of which are settled.
   *
   * @param due whether the next report is on the steps after this one, or on these as well
   */
  report(due: boolean): StepEvent {
    const { training, untold } = this;
    const { params, position } = training;
    const { steps, crossEntropy, accuracy, gradientNorm } = position.unreported ?? nothingUnreported;
    if (due) training.record({ unreported: nothingUnreported });
    const tokens = untold * params.steps * params.batchSize;
    const perIteration = this.seconds / (position.iteration - this.startedFrom);
    const event: StepEvent = {
      type: "step",
      iteration: position.iteration,
      iterations: params.iterations,
      epoch: position.iteration / training.batches.perEpoch,
      crossEntropy: crossEntropy / steps,
      accuracy: accuracy / steps,
      learningRate: learningRate(params, position.iteration - 1, position.history),
      gradientNorm: gradientNorm / steps,
      tokensPerSecond: (1000 * tokens) / this.computing,
      seconds: position.seconds,
      secondsLeft: Math.max(
        0,
        Math.min(this.limit - this.seconds, (params.iterations - position.iteration) * perIteration),
      ),
    };
    this.untold = 0;
    this.computing = 0;
    return event;
  }

  /** Frees the numbers of steps that are not settled. */
  dispose(): void {
    for (const { crossEntropy, accuracy, gradientNorm } of this.pending) {
      tf.dispose([crossEntropy, accuracy, gradientNorm]);
    }
    this.pending = [];
  }
}
