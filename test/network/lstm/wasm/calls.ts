/** Calls of the module's operations without TensorFlow.js, on a network of one layer whose weights are all alike. */
import type { LstmModule, Place } from "../../../../lib/network/lstm/wasm/module";

/** A tensor in the module's memory. */
export function placed(
  module: LstmModule,
  shape: number[],
  fill: number,
  dtype: Place["dtype"] = "float32",
): Place {
  const length = shape.reduce((product, side) => product * side, 1);
  const at = module.allocate(4 * length);
  const { buffer } = module.memory;
  (dtype === "float32" ? new Float32Array(buffer, at, length) : new Int32Array(buffer, at, length)).fill(
    fill,
  );
  return { at, dtype, shape };
}

export function numbersOf({ memory }: LstmModule, { at, shape }: Place): number[] {
  const length = shape.reduce((product, side) => product * side, 1);
  return [...new Float32Array(memory.buffer, at, length)];
}

const [neurons, vocabulary] = [16, 5];

/** A step of learning that can be made again and again; it gives the loss and the first gradient. */
export function learner(
  module: LstmModule,
  { time, batch, id = 1 }: { time: number; batch: number; id?: number },
) {
  const floats = (shape: number[], fill: number) => placed(module, shape, fill);
  const inputs = [
    placed(module, [time, batch], id, "int32"),
    floats([batch, neurons], 0.1),
    floats([batch, neurons], 0.2),
    floats([vocabulary, 4 * neurons], 0.3),
    floats([neurons, 4 * neurons], 0.01),
    floats([4 * neurons], 0.1),
    floats([neurons, vocabulary], 0.2),
    floats([vocabulary], 0),
    placed(module, [time, batch], 2, "int32"),
    floats([], 0),
    placed(module, [1], 7, "int32"),
    placed(module, [], 0, "int32"),
    ...[
      [0, 0],
      [0, 0],
      [batch, 0, 0],
      [batch, 0],
    ].map((nothing) => floats(nothing, 0)), // beside the layers
    placed(module, [], 0, "int32"),
  ];
  return (): { loss: number; gradient: number[] } => {
    const outputs = module.call("Learn", inputs, 13);
    const [loss] = numbersOf(module, outputs[0]);
    const gradient = numbersOf(module, outputs[4]);
    for (const { at } of outputs) module.release(at);
    return { loss, gradient };
  };
}
