/** An optimizer in plain operations, by one of the rules of `rules.ts`. */
import type { UpdateSettings } from "./adam-update";
import { clipScale } from "./clip";
import { assignCopy, ownVariable, type Scalar, type Tensor, tf, type Variable } from "../tensorflow";
import type { Optimizer } from "./optimizer";
import type { Rule } from "./rules";

export class ByRule implements Optimizer {
  readonly memory: Readonly<Record<string, readonly Variable[]>>;

  constructor(
    private readonly variables: readonly Variable[],
    private readonly rule: Rule,
  ) {
    this.memory = Object.fromEntries(
      Object.entries(rule.memory).map(([name, first]) => [
        name,
        variables.map(({ shape }) => ownVariable(() => tf.fill(shape, first))),
      ]),
    );
  }

  apply(gradients: readonly Tensor[], { learningRate, clipNorm, weightDecay }: UpdateSettings): Scalar {
    return tf.tidy(() => {
      const norm = tf.addN(gradients.map((gradient) => gradient.square().sum())).sqrt() as Scalar;
      const scale = clipScale(norm, clipNorm);
      const kinds = Object.values(this.memory);
      this.variables.forEach((variable, index) => {
        const remembered = kinds.map((kind) => kind[index]);
        const [change, ...after] = this.rule.step(gradients[index].mul(scale), remembered, learningRate);
        remembered.forEach((memory, kind) => memory.assign(after[kind]));
        variable.assign(variable.mul(1 - learningRate * weightDecay).sub(change));
      });
      return norm;
    });
  }

  load(memory: Readonly<Record<string, readonly Tensor[]>>): void {
    for (const [name, kept] of Object.entries(this.memory))
      kept.forEach((variable, index) => assignCopy(variable, memory[name][index]));
  }

  dispose(): void {
    tf.dispose(Object.values(this.memory).flat());
  }
}
