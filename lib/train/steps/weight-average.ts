/**
 * The mean of a network's weights over the last steps of a training, which at its end are the network's own (stochastic weight
 * averaging: Izmailov et al. 2018). So what a high learning rate throws to and fro comes to rest.
 */
import { tf, tidy, type NamedTensors, type Tensor } from "../../network/tensorflow";
import { copies, type Weights } from "../../network/weights";
import type { Params } from "../params";
import type { Position } from "../position";

/** How many times weights are added at most: more change nothing, and each takes as long as reading the weights. */
const mostTaken = 64;

export class WeightAverage {
  private mean: NamedTensors = {};

  constructor(
    private readonly weights: Weights,
    private readonly params: Pick<Params, "iterations" | "averageLast">,
  ) {}

  /** By the weights' names in Keras' layout; none before the first was taken, and after the end. They are its own. */
  get tensors(): Readonly<NamedTensors> {
    return this.mean;
  }

  /**
   * After a step: takes the weights into the mean where it is their turn, and at the end of the training gives it to the network.
   * Where the end is another one meanwhile, other iterations are the last ones, and the mean begins anew.
   *
   * @param position has in `averaged` how many were taken
   * @returns what it did at the end, in words
   */
  follow(position: Position): string | undefined {
    const { iterations } = this.params;
    if (!isAveragedAt(position.iteration, this.params)) return undefined;
    const { averaged } = position;
    const times = averaged?.iterations === iterations ? averaged.times : 0;
    this.take(times);
    position.averaged = { times: times + 1, iterations };
    if (position.iteration < iterations) return undefined;
    this.weights.load(this.mean);
    this.forget();
    delete position.averaged;
    const last = span(this.params).toLocaleString("en");
    return `The network's weights are now the mean of those on its last ${last} iterations (\`averageLast\`), taken ${times + 1} times.`;
  }

  private take(taken: number): void {
    const before = this.mean;
    const mean = tidy(() => {
      if (taken === 0) return copies(this.weights);
      const next = Array.from(this.weights, ([name, weight]): [string, Tensor] => {
        return [name, before[name].add(weight.sub(before[name]).div(taken + 1))];
      });
      return Object.fromEntries(next);
    });
    this.forget();
    this.mean = mean;
  }

  /**
   * Goes on with the mean of a training that was saved, if it had one: copies the tensors.
   *
   * @param prefix of the names of those that are its own
   * @throws where one is missing or has another shape
   */
  restore(tensors: NamedTensors, { averaged }: Position, prefix: string): void {
    this.forget();
    if (!averaged) return;
    const { weights } = this;
    tidy(() => weights.fromKeras(tensors, prefix));
    this.mean = copies(weights.names.map((name) => [name, tensors[prefix + name]]));
  }

  forget(): void {
    tf.dispose(this.mean);
    this.mean = {};
  }
}

/** How many iterations, the last ones, are averaged. */
function span({ iterations, averageLast }: Pick<Params, "iterations" | "averageLast">): number {
  return Math.round(iterations * averageLast);
}

/**
 * Whether the weights after so many steps are taken into the mean.
 *
 * @example isAveragedAt(910, { iterations: 1000, averageLast: 0.1 }) // true
 */
export function isAveragedAt(iteration: number, params: Pick<Params, "iterations" | "averageLast">): boolean {
  const every = Math.ceil(span(params) / mostTaken);
  const left = params.iterations - iteration;
  return left >= 0 && left < span(params) && left % every === 0;
}
