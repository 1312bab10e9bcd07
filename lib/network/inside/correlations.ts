/** How closely the neurons of a layer follow a row of numbers. */
import type { Activations } from "./activations";

/**
 * Pearson's correlation of every neuron of a layer with some values, over a range of tokens; NaN where one of both is
 * constant.
 */
export function correlations(
  { neurons, layers }: Activations,
  layer: number,
  values: Float32Array,
  [from, to]: readonly [number, number],
): number[] {
  const activation = layers[layer];
  const count = to - from;
  const sums = new Float64Array(neurons);
  const squares = new Float64Array(neurons);
  const products = new Float64Array(neurons);
  let sum = 0;
  let square = 0;
  for (let time = from; time < to; time++) {
    const value = values[time];
    sum += value;
    square += value * value;
    for (let neuron = 0; neuron < neurons; neuron++) {
      const one = activation[time * neurons + neuron];
      sums[neuron] += one;
      squares[neuron] += one * one;
      products[neuron] += one * value;
    }
  }
  const spread = (sum: number, square: number) => {
    const variance = square / count - (sum / count) ** 2;
    return variance > 1e-12 ? Math.sqrt(variance) : NaN;
  };
  return Array.from(sums, (one, neuron) => {
    const together = products[neuron] / count - (one / count) * (sum / count);
    return together / (spread(one, squares[neuron]) * spread(sum, square));
  });
}
