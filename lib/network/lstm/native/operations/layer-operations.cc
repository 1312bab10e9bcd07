// One layer, forward and backward, as operations.
#include <algorithm>

#include "../layer.h"
#include "../machine/scratch.h"
#include "operations.h"

namespace palimpsest {
namespace {

struct LayerInputs {
  Layer layer;
  int vocabulary;  // rows of the kernel for the characters
  bool half;       // whether to multiply in bfloat16
};

// The inputs that both operations begin with: below, ids, hidden, cell, kernel, recurrentKernel, bias,
// half.
LayerInputs layerInputs(const Call& call) {
  LayerInputs inputs{};
  Layer& layer = inputs.layer;
  layer.input = call.input(0, "below", {-1, -1, -1});
  layer.time = call.dimension(0, 0);
  layer.batch = call.dimension(0, 1);
  layer.weights.below = call.dimension(0, 2);
  layer.hiddenBefore = call.input(2, "hidden", {layer.batch, -1});
  layer.neurons = call.dimension(2, 1);
  Call::requireAddressable(Call::counted(int64_t(layer.time) * layer.batch), int64_t(4) * layer.neurons);
  const ptrdiff_t neurons = layer.neurons;
  layer.cellBefore = call.input(3, "cell", {layer.batch, neurons});
  layer.weights.kernel = call.input(4, "kernel", {-1, 4 * neurons});
  layer.weights.recurrentKernel = call.input(5, "recurrentKernel", {neurons, 4 * neurons});
  layer.weights.bias = call.input(6, "bias", {4 * neurons});
  inputs.half = *call.input<int32_t>(7, "half", {}) != 0;
  inputs.vocabulary = call.dimension(4, 0) - layer.weights.below;
  if (inputs.vocabulary < 0) refuse("Expected a kernel with at least as many rows as `below` is wide");
  layer.weights.characters = inputs.vocabulary > 0;
  if (layer.weights.characters) {
    layer.ids = call.input<int32_t>(1, "ids", {layer.time, layer.batch});
    checkIds("ids", layer.ids, ptrdiff_t(layer.time) * layer.batch, inputs.vocabulary);
  }
  return inputs;
}

}  // namespace

void lstmForward(Call& call) {
  auto [layer, vocabulary, half] = layerInputs(call);
  const int threads = threadCount();
  layer.hidden = call.output(0, {layer.time, layer.batch, layer.neurons});
  layer.cells = call.output(1, {layer.time, layer.batch, layer.neurons});
  layer.gates = call.output(2, {layer.time, layer.batch, layer.columns()});
  const Panels weights = Panels::take(half, layer.multiplied().rows(), layer.columns());
  inParallel(threads, [&, &layer = layer](int thread) { weights.pack(layer.multiplied(), thread, threads); });
  const size_t size = forwardSpace(layer);
  float* space = takeScratch(size * threads);
  inParallel(threads, [&, &layer = layer](int thread) {
    const Range rows = share(layer.batch, thread, threads);
    if (rows.length() > 0) forward(layer, weights, rows, space + thread * size);
  });
}

void lstmBackward(Call& call) {
  auto [layer, vocabulary, half] = layerInputs(call);
  const int threads = threadCount();
  const ptrdiff_t neurons = layer.neurons, columns = layer.columns(),
                  rows = ptrdiff_t(layer.time) * layer.batch;
  layer.hidden = call.input(8, "hiddens", {layer.time, layer.batch, neurons});
  layer.cells = call.input(9, "cells", {layer.time, layer.batch, neurons});
  layer.gates = takeScratch(rows * columns);
  std::copy_n(call.input(10, "gates", {layer.time, layer.batch, columns}), rows * columns, layer.gates);
  const Gradients hidden{call.input(11, "hiddenGradient", {layer.time, layer.batch, neurons}), neurons};
  const Gradients below{call.output(0, {layer.time, layer.batch, layer.weights.below}), layer.weights.below};
  const StateGradients state{call.output(1, {layer.batch, neurons}), call.output(2, {layer.batch, neurons})};
  const LayerGradients gradients{call.output(3, {layer.weights.below + vocabulary, columns}),
                                 call.output(4, {neurons, columns}), call.output(5, {columns})};

  const Panels weights = Panels::take(half, layer.columns(), layer.multiplied().rows());
  inParallel(threads, [&, &layer = layer](int thread) {
    weights.packTransposed(layer.multiplied(), thread, threads);
  });
  const ProductGradients products = weightGradients(layer, vocabulary, gradients, half);
  const size_t size = std::max(backwardSpace(layer), productGradientsSpace(products));
  float* space = takeScratch(size * threads);
  inParallel(threads, [&, &layer = layer](int thread) {
    const Range mine = share(layer.batch, thread, threads);
    if (mine.length() > 0) backward(layer, hidden, below, false, state, weights, mine, space + thread * size);
  });
  inParallel(threads, [&, &layer = layer](int thread) {
    const Range mine = share(layer.columns(), thread, threads, tileColumns);
    productGradients(products, layer.gates, int(rows), columns, mine, space + thread * size);
  });
}

}  // namespace palimpsest
