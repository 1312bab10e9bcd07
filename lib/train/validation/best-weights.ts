/** Copies of a network's weights: those that measured best, and the newest ones while the best are in their place. */
import { tf, type NamedTensors, type Tensor } from "../../network/tensorflow";
import { copies, type Weights } from "../../network/weights";

export class BestWeights {
  private best: { readonly iteration: number; readonly weights: NamedTensors } | undefined;
  private last: NamedTensors | undefined;

  constructor(private readonly weights: Weights) {}

  /** The iteration whose weights are kept; undefined as long as none are. */
  get iteration(): number | undefined {
    return this.best?.iteration;
  }

  /** Whether the network has the best weights at present, and the newest are set aside. */
  get inUse(): boolean {
    return this.last !== undefined;
  }

  /** The newest weights, wherever they are, under their names in Keras' layout. Call it inside `tf.tidy`. */
  get newest(): Iterable<[string, Tensor]> {
    return this.last ? Object.entries(this.last) : this.weights;
  }

  /** Copies the weights as they are now, or those that were read from elsewhere. */
  keep(iteration: number, weights: Iterable<[string, Tensor]> = this.weights): void {
    const copied = copies(weights);
    if (this.best) tf.dispose(this.best.weights);
    this.best = { iteration, weights: copied };
  }

  /** Lets the network have the best weights, where they are kept. */
  use(): void {
    if (!this.best || this.inUse) return;
    this.last = copies(this.weights);
    this.weights.load(this.best.weights);
  }

  /** Gives the network its newest weights back. */
  back(): void {
    if (!this.last) return;
    this.weights.load(this.last);
    tf.dispose(this.last);
    this.last = undefined;
  }

  /** Forgets both, as a training does that goes elsewhere. */
  dispose(): void {
    if (this.best) tf.dispose(this.best.weights);
    if (this.last) tf.dispose(this.last);
    this.best = this.last = undefined;
  }
}
