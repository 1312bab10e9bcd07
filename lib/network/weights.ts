/** What a network learns: the weights of its layers, held as whoever computes likes them, and those outside the layers. */
import type { LayerWeights } from "./lstm/layer";
import type { Stack } from "./lstm/stack";
import type { NetworkParams } from "./params";
import { tailNames, type TailWeights } from "./layers/adaptive-softmax";
import {
  assignCopy,
  tf,
  tidy,
  type NamedTensors,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Variable,
} from "./tensorflow";

/** Iterated, it gives each weight with its name, in an order that stays and in Keras' layout: do so inside `tf.tidy`. */
export class Weights implements Iterable<[name: string, weight: Tensor]> {
  /** What is learned, in an order that stays, those of the layers first. */
  readonly variables: readonly Variable[];
  /** Of the weights in Keras' layout. */
  readonly names: readonly string[];
  /** How many of the variables, the first ones, learning leaves as they are. */
  private readonly frozen: number;

  /** @param others the weights that are not the layers', by name: see `FreshWeights` */
  constructor(
    { layers, bidirectional, frozenLayers }: NetworkParams,
    private readonly stack: Stack,
    private readonly others: ReadonlyMap<string, Variable>,
  ) {
    this.variables = [...stack.variables, ...others.values()];
    this.frozen = (frozenLayers * stack.variables.length) / layers;
    const ofLayers = ["", ...(bidirectional ? ["backward_"] : [])].flatMap((way) =>
      Array.from({ length: layers }, (_, layer) =>
        ["kernel", "recurrent_kernel", "bias"].map((name) => `${way}lstm_${layer}/${name}`),
      ),
    );
    this.names = [...ofLayers.flat(), ...others.keys()];
  }

  /** Those of the variables that learning changes: see `params.frozenLayers`. */
  get learned(): readonly Variable[] {
    return this.learnedOf(this.variables);
  }

  /** Picks the trainable entries from a list with one entry per variable. */
  learnedOf<Kind>(each: readonly Kind[]): readonly Kind[] {
    return each.slice(this.frozen);
  }

  /** Of each layer, first to last, in Keras' layout. Read it inside `tf.tidy`: see `Stack`. */
  get layers(): readonly LayerWeights[] {
    return this.stack.layers;
  }

  [Symbol.iterator](): IterableIterator<[name: string, weight: Tensor]> {
    return this.toKeras(this.variables).entries();
  }

  /** One of those outside the layers, the variable itself; undefined where there is none of that name. */
  named<Kind extends Tensor>(name: string): Kind | undefined {
    return this.others.get(name) as unknown as Kind | undefined;
  }

  /** Of each cluster of an adaptive softmax, the variables themselves; none where it has none. */
  get tails(): readonly TailWeights[] {
    const tails: TailWeights[] = [];
    for (let names = tailNames(0); this.others.has(names[0]); names = tailNames(tails.length)) {
      const [projection, kernel, bias] = names;
      tails.push({
        projection: this.named<Tensor2D>(projection)!,
        kernel: this.named<Tensor2D>(kernel)!,
        bias: this.named<Tensor1D>(bias)!,
      });
    }
    return tails;
  }

  /** How many numbers are learned. */
  get size(): number {
    return tidy(() => [...this].reduce((sum, [, weight]) => sum + weight.size, 0));
  }

  /**
   * Brings into Keras' layout what there is one of for each variable: gradients, or averages of them. Call it inside
   * `tf.tidy`.
   *
   * @returns by the names of the weights, in an order that stays
   */
  toKeras(held: readonly Tensor[]): Map<string, Tensor> {
    const inStack = this.stack.variables.length;
    const row = [...this.stack.toKeras(held.slice(0, inStack)), ...held.slice(inStack)];
    return new Map(this.names.map((name, index) => [name, row[index]]));
  }

  /**
   * The way back: one tensor for each variable. Call it inside `tf.tidy`.
   *
   * @param prefix of the names: "" for the weights themselves
   * @throws where one is missing or has another shape
   */
  fromKeras(tensors: NamedTensors, prefix = ""): Tensor[] {
    const row = Array.from(this, ([name, weight]) => {
      const tensor = tensors[prefix + name];
      const given = tensor?.shape.join(" x ") ?? "none";
      const expected = weight.shape.join(" x ");
      if (given !== expected) {
        throw new Error(`Expected the weights ${prefix + name} of shape ${expected}, got ${given}`);
      }
      return tensor;
    });
    const inStack = row.length - this.others.size;
    return [...this.stack.fromKeras(row.slice(0, inStack)), ...row.slice(inStack)];
  }

  /**
   * Takes over weights by their names: copies them.
   *
   * @throws where one is missing or has another shape
   */
  load(tensors: NamedTensors): void {
    tf.tidy(() => {
      const held = this.fromKeras(tensors);
      this.variables.forEach((variable, index) => assignCopy(variable, held[index]));
    });
  }

  dispose(): void {
    this.stack.dispose();
    tf.dispose([...this.others.values()]);
  }
}

/** Copies of weights, by their names; the caller disposes of them. */
export function copies(weights: Iterable<[string, Tensor]>): NamedTensors {
  return tidy(() =>
    Object.fromEntries(Array.from(weights, ([name, weight]) => [name, weight.add(0)] as const)),
  );
}
