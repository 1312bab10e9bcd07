/** The inside of a network, laid open: what every layer gives at every position, out of tokens or of rows in their place. */
import { withConditioning } from "../layers/conditioning";
import { lookUp } from "../layers/look-up";
import type { Stack, StackInput, StackOutput } from "../lstm/stack";
import type { Model } from "../model";
import { disposeState, type State } from "../state";
import { tf, tidy, type Tensor2D } from "../tensorflow";

export interface Inside {
  /** The layers themselves. */
  readonly stack: Pick<Stack, "run">;
  /** Tokens as the layers read them. */
  input(ids: Tensor2D): StackInput;
  /** Runs all layers; call it inside `tf.tidy`. The state is kept: the caller disposes of it. */
  run(input: StackInput, state: State): StackOutput;
  dispose(): void;
}

/**
 * Layers with copies of a model's weights, which give every layer's output where the model itself asks for the last alone.
 * The caller disposes of them.
 */
export function openUp(model: Model): Inside {
  const { skipConnections } = model.params;
  let opened: Stack | undefined; // which a tidy must not give back: it would ask for its layers, and keep them
  tf.tidy(() => {
    opened = model.implementation.stack(model.weights.layers, { skipConnections, everyOutput: true });
  });
  const stack = opened!;
  const embedding = model.weights.named<Tensor2D>("embedding/embeddings");
  return {
    stack,
    input: (ids) => (embedding ? { embedded: lookUp(embedding, ids) } : { ids }),
    run: (input, state) => stack.run(withConditioning(input, state), state.layers),
    dispose: () => stack.dispose(),
  };
}

/** The state in which a text begins: nothing was read, or the mark where texts stand between marks. The caller disposes of it. */
export function openingState(model: Model, batch: number): State {
  const { mark } = model.vocabulary;
  const empty = model.firstState(batch);
  if (mark === undefined) return empty;
  const { state } = tidy(() => model.read(tf.fill([1, batch], mark, "int32") as Tensor2D, empty));
  disposeState(empty);
  return state;
}
