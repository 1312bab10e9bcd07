/** The whole network in plain numbers of double precision, written straight from the equations: an oracle for gradients. */

/** A matrix by rows; the weights as everywhere: gates input, forget, candidate, output side by side. */
export type Matrix = number[][];

export interface HandWeights {
  layers: { kernel: Matrix; recurrentKernel: Matrix; bias: Matrix }[];
  headKernel: Matrix;
  /** One row, as all biases here. */
  headBias: Matrix;
}

export interface HandBatch {
  /** [time][batch] */
  ids: Matrix;
  targets: Matrix;
  /** Hidden state and cell of each layer before the first step: [batch][neurons]. */
  state: { hidden: Matrix; cell: Matrix }[];
  skipConnections: boolean;
  /** What a number of a layer's output, at a place of [time, batch, neurons], is multiplied by. */
  mask?: (layer: number, place: number) => number;
}

/** The mean cross-entropy of a batch. */
export function crossEntropy(
  weights: HandWeights,
  { ids, targets, state, skipConnections, mask }: HandBatch,
): number {
  const batch = ids[0].length;
  const neurons = weights.layers[0].recurrentKernel.length;
  let total = 0;
  for (let row = 0; row < batch; row++) {
    const memory = state.map(({ hidden, cell }) => ({ hidden: hidden[row], cell: cell[row] }));
    ids.forEach((characters, step) => {
      const outputs: number[][] = [];
      weights.layers.forEach(({ kernel, recurrentKernel, bias }, layer) => {
        const below = layer > 0 ? outputs[layer - 1] : [];
        const { hidden, cell } = memory[layer];
        const gate = (index: number) => {
          let sum = bias[0][index];
          below.forEach((value, from) => (sum += value * kernel[from][index]));
          hidden.forEach((value, from) => (sum += value * recurrentKernel[from][index]));
          if (layer === 0 || skipConnections) sum += kernel[below.length + characters[row]][index];
          return sum;
        };
        const after = cell.map((value, unit) => {
          const [input, forget, candidate] = [0, 1, 2].map((part) => gate(part * neurons + unit));
          return sigmoid(forget) * value + sigmoid(input) * Math.tanh(candidate);
        });
        const output = after.map((value, unit) => sigmoid(gate(3 * neurons + unit)) * Math.tanh(value));
        memory[layer] = { hidden: output, cell: after };
        const place = (step * batch + row) * neurons;
        outputs.push(output.map((value, unit) => value * (mask?.(layer, place + unit) ?? 1)));
      });
      const read = skipConnections ? outputs.flat() : outputs[outputs.length - 1];
      const scores = weights.headBias[0].map((bias, id) =>
        read.reduce((sum, value, from) => sum + value * weights.headKernel[from][id], bias),
      );
      const highest = Math.max(...scores);
      const weightsOfAll = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
      total += Math.log(weightsOfAll) + highest - scores[targets[step][row]];
    });
  }
  return total / (ids.length * batch);
}

/** How `loss` changes with each number of a matrix, by going a little up and down. */
export function numericGradient(matrix: Matrix, loss: () => number, step = 1e-5): Matrix {
  return matrix.map((row) =>
    row.map((value, column) => {
      row[column] = value + step;
      const above = loss();
      row[column] = value - step;
      const below = loss();
      row[column] = value;
      return (above - below) / (2 * step);
    }),
  );
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
