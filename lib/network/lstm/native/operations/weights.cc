#include "weights.h"

namespace palimpsest {
namespace {

// The clusters' weights, those from `at` on.
std::vector<TailWeights> tailsFrom(const Call& call, int at, int count, int headRows, int frequent) {
  std::vector<TailWeights> tails;
  int first = frequent;
  for (int i = 0; i < count; i++, at += 3) {
    TailWeights tail;
    tail.projection = call.input(at, "projection", {headRows, -1});
    tail.width = call.dimension(at, 1);
    tail.kernel = call.input(at + 1, "tailKernel", {tail.width, -1});
    tail.tokens = call.dimension(at + 1, 1);
    tail.bias = call.input(at + 2, "tailBias", {tail.tokens});
    tail.first = first;
    if (tail.width < 1 || tail.tokens < 1) refuse("Expected clusters with something in them");
    first = Call::counted(int64_t(first) + tail.tokens);
    tails.push_back(tail);
  }
  return tails;
}

}  // namespace

int layersFrom(const Call& call, int first) {
  int bias = first;
  while (bias < call.inputs() && call.dimensions(bias) != 1) bias++;
  const int matrices = bias - first;
  if (bias == call.inputs() || matrices < 4 || matrices % 2 != 0)
    refuse("Expected two matrices of state for each layer, then its weights");
  return (matrices - 2) / 2;
}

Weights Weights::of(const Call& call, int first, int layers, int after, const HeadReads& reads) {
  const int head = first + 3 * layers, tails = (call.inputs() - after - head - 2) / 3;
  if (tails < 0 || head + 2 + 3 * tails + after != call.inputs())
    refuse("Expected three weights for each layer, two of the head and three for each cluster");
  Weights weights;
  const ptrdiff_t neurons = weights.neurons = call.dimension(first + 1, 0);
  const ptrdiff_t columns = weights.headColumns = call.dimension(head + 1, 0);
  if (neurons < 1 || columns < 1 + tails) refuse("Expected at least one neuron and one character");
  weights.known = call.dimension(first, 0);
  for (int i = 0; i < layers; i++) {
    LayerWeights layer;
    const int at = first + 3 * i;
    layer.kernel = call.input(at, "kernel", {-1, 4 * neurons});
    layer.recurrentKernel = call.input(at + 1, "recurrentKernel", {neurons, 4 * neurons});
    layer.bias = call.input(at + 2, "bias", {4 * neurons});
    layer.below = i > 0 ? weights.neurons : 0;
    layer.characters = call.dimension(at, 0) == layer.below + weights.known;
    if (!layer.characters && (i == 0 || call.dimension(at, 0) != neurons)) {
      refuse("Expected kernels for the characters, for the layer below (" + std::to_string(neurons) +
             " rows) or for both, got " + std::to_string(call.dimension(at, 0)) + " rows");
    }
    weights.layers.push_back(layer);
  }
  weights.headKernel = call.input(head, "headKernel", {-1, columns});
  weights.headBias = call.input(head + 1, "headBias", {columns});
  weights.headRows = call.dimension(head, 0);
  const int times = reads.attends ? 2 : 1;
  const ptrdiff_t ofLast = times * (reads.embedded + neurons),
                  ofAll = times * (reads.embedded + layers * neurons);
  if (weights.headRows != ofLast && weights.headRows != ofAll) {
    refuse("Expected a head kernel of " + std::to_string(ofLast) + " or " + std::to_string(ofAll) +
           " rows, got " + std::to_string(weights.headRows));
  }
  weights.layersRead = weights.headRows == ofLast ? 1 : layers;
  weights.tails = tailsFrom(call, head + 2, tails, weights.headRows, weights.headColumns - tails);
  const TailWeights* last = tails > 0 ? &weights.tails.back() : nullptr;
  weights.vocabulary = last ? last->first + last->tokens : weights.headColumns;
  return weights;
}

}  // namespace palimpsest
