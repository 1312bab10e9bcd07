#include "weights.h"

namespace palimpsest {

Weights Weights::of(const Call& call, int first, int layers) {
  const int head = first + 3 * layers;
  Weights weights;
  const ptrdiff_t neurons = weights.neurons = call.dimension(first + 1, 0);
  const ptrdiff_t vocabulary = weights.vocabulary = call.dimension(head + 1, 0);
  if (neurons < 1 || vocabulary < 1) refuse("Expected at least one neuron and one character");
  for (int i = 0; i < layers; i++) {
    LayerWeights layer;
    const int at = first + 3 * i;
    layer.kernel = call.input(at, "kernel", {-1, 4 * neurons});
    layer.recurrentKernel = call.input(at + 1, "recurrentKernel", {neurons, 4 * neurons});
    layer.bias = call.input(at + 2, "bias", {4 * neurons});
    layer.below = i > 0 ? weights.neurons : 0;
    layer.characters = call.dimension(at, 0) == layer.below + vocabulary;
    if (!layer.characters && (i == 0 || call.dimension(at, 0) != neurons)) {
      refuse("Expected kernels for the characters, for the layer below (" + std::to_string(neurons) +
             " rows) or for both, got " + std::to_string(call.dimension(at, 0)) + " rows");
    }
    weights.layers.push_back(layer);
  }
  weights.headKernel = call.input(head, "headKernel", {-1, vocabulary});
  weights.headBias = call.input(head + 1, "headBias", {vocabulary});
  weights.headRows = call.dimension(head, 0);
  if (weights.headRows != neurons && weights.headRows != layers * neurons) {
    refuse("Expected a head kernel of " + std::to_string(neurons) + " or " +
           std::to_string(layers * neurons) + " rows, got " + std::to_string(weights.headRows));
  }
  return weights;
}

}  // namespace palimpsest
