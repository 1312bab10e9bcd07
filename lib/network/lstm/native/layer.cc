#include "layer.h"

#include <algorithm>

#include "cell.h"

namespace palimpsest {
namespace {

// The rows of a state, [time, batch, neurons], before time step `step`.
const float* before(const float* first, const float* states, int step, ptrdiff_t batch, ptrdiff_t neurons) {
  return step ? states + (step - 1) * batch * neurons : first;
}

}  // namespace

size_t forwardSpace(const Layer& layer) { return productSpace(layer.batch, layer.multiplied().rows()); }

void forward(const Layer& layer, const Panels& weights, Range rows, float* space) {
  const int neurons = layer.neurons, columns = layer.columns(), below = layer.weights.below;
  for (int step = 0; step < layer.time; step++) {
    const ptrdiff_t row = ptrdiff_t(step) * layer.batch + rows.from;  // of [time × batch]
    const float* hiddenBefore =
        before(layer.hiddenBefore, layer.hidden, step, layer.batch, neurons) + ptrdiff_t(rows.from) * neurons;
    const float* cellBefore =
        before(layer.cellBefore, layer.cells, step, layer.batch, neurons) + ptrdiff_t(rows.from) * neurons;
    float* gates = layer.gates + row * columns;
    Base base{layer.weights.bias};
    if (layer.weights.characters) base = {layer.weights.bias, layer.characterRows(), layer.ids + row};
    product(base, {{layer.input + row * below, below}, {hiddenBefore, neurons}}, rows.length(), weights,
            gates, columns, space);
    for (ptrdiff_t r = 0; r < rows.length(); r++) {
      forwardCell(neurons, neurons, cellBefore + r * neurons, gates + r * columns,
                  layer.cells + (row + r) * neurons, layer.hidden + (row + r) * neurons);
    }
  }
}

size_t backwardSpace(const Layer& layer) {
  return productSpace(layer.batch, layer.columns()) +
         size_t(layer.batch) * (layer.weights.below + 2 * layer.neurons);
}

void backward(const Layer& layer, Gradients hidden, Gradients lower, bool addToLower, StateGradients state,
              const Panels& weights, Range rows, float* space) {
  const int neurons = layer.neurons, columns = layer.columns(), below = layer.weights.below;
  // What a step passes on: to the layer below and, beside it, to the hidden state of the step before.
  const int width = below + neurons;
  float* passed = space;                                            // [rows, below + neurons]
  float* cellGradient = passed + ptrdiff_t(rows.length()) * width;  // [rows, neurons]
  float* rest = cellGradient + ptrdiff_t(rows.length()) * neurons;
  std::fill(space, rest, 0.0f);
  for (int step = layer.time - 1; step >= 0; step--) {
    const ptrdiff_t row = ptrdiff_t(step) * layer.batch + rows.from;
    const float* cellBefore =
        before(layer.cellBefore, layer.cells, step, layer.batch, neurons) + ptrdiff_t(rows.from) * neurons;
    float* gates = layer.gates + row * columns;
    for (ptrdiff_t r = 0; r < rows.length(); r++) {
      backwardCell(neurons, neurons, gates + r * columns, cellBefore + r * neurons,
                   layer.cells + (row + r) * neurons, hidden.rows + (row + r) * hidden.stride,
                   passed + r * width + below, cellGradient + r * neurons, gates + r * columns);
    }
    product({}, {{gates, columns}}, rows.length(), weights, passed, width, rest);
    if (!lower.rows) continue;
    for (ptrdiff_t r = 0; r < rows.length(); r++) {
      float* to = lower.rows + (row + r) * lower.stride;
      if (addToLower)
        addTo(to, below, passed + r * width);
      else
        std::copy_n(passed + r * width, below, to);
    }
  }
  if (!state.hidden) return;
  for (ptrdiff_t r = 0; r < rows.length(); r++) {
    const ptrdiff_t to = (rows.from + r) * neurons;
    std::copy_n(passed + r * width + below, neurons, state.hidden + to);
    std::copy_n(cellGradient + r * neurons, neurons, state.cell + to);
  }
}

ProductGradients weightGradients(const Layer& layer, int vocabulary, const LayerGradients& gradients,
                                 bool half) {
  const int rows = layer.time * layer.batch, below = layer.weights.below;  // see Call::counted
  const Stacked hiddenBefore{layer.hiddenBefore, layer.batch, layer.hidden, rows - layer.batch};
  return {{{hiddenBefore, layer.neurons, gradients.recurrentKernel},
           {{layer.input, rows}, below, gradients.kernel}},
          gradients.bias,
          gradients.kernel + ptrdiff_t(below) * layer.columns(),
          layer.weights.characters ? vocabulary : 0,
          layer.ids,
          half};
}

}  // namespace palimpsest
