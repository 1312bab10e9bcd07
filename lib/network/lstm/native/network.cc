#include "network.h"

#include <algorithm>
#include <atomic>

#include "machine/scratch.h"
#include "product/vector.h"

namespace palimpsest {

Network::Network(const Weights& weights, int time, int batch, const int32_t* ids,
                 const std::vector<const float*>& hidden, const std::vector<const float*>& cell,
                 const Dropout& dropout, bool half)
    : weights_(weights), time_(time), batch_(batch), dropout_(dropout), half_(half) {
  const ptrdiff_t neurons = weights.neurons;
  for (size_t i = 0; i < weights.layers.size(); i++) {
    Layer layer{time, batch, weights.neurons, weights.layers[i]};
    layer.input = i > 0 ? outputs_[i - 1] : nullptr;
    layer.ids = ids;
    layer.hiddenBefore = hidden[i];
    layer.cellBefore = cell[i];
    layer.hidden = takeScratch(rows() * neurons);
    layer.cells = takeScratch(rows() * neurons);
    layer.gates = takeScratch(rows() * neurons * 4);
    layers_.push_back(layer);
    outputs_.push_back(dropout.rate == 0 ? layer.hidden : takeScratch(rows() * neurons));
  }
}

// What the head reads of the rows from `row` of [time × batch] on.
Joined Network::outputs(ptrdiff_t row) const {
  const int neurons = weights_.neurons;
  Joined parts;
  for (size_t i = weights_.headRows == neurons ? layers_.size() - 1 : 0; i < layers_.size(); i++)
    parts.push_back({outputs_[i] + row * neurons, neurons});
  return parts;
}

void Network::packForward() {
  for (const Layer& layer : layers_)
    forwardWeights_.push_back(Panels::take(half_, layer.multiplied().rows(), layer.columns()));
  forwardWeights_.push_back(Panels::take(false, weights_.headRows, weights_.vocabulary));
  const int threads = threadCount();
  inParallel(threads, [&](int thread) {
    for (size_t i = 0; i < layers_.size(); i++)
      forwardWeights_[i].pack(layers_[i].multiplied(), thread, threads);
    forwardWeights_.back().pack({weights_.headKernel, weights_.headRows}, thread, threads);
  });
}

void Network::packBackward() {
  for (const Layer& layer : layers_)
    backwardWeights_.push_back(Panels::take(half_, layer.columns(), layer.multiplied().rows()));
  backwardWeights_.push_back(Panels::take(false, weights_.vocabulary, weights_.headRows));
  const int threads = threadCount();
  inParallel(threads, [&](int thread) {
    for (size_t i = 0; i < layers_.size(); i++)
      backwardWeights_[i].packTransposed(layers_[i].multiplied(), thread, threads);
    backwardWeights_.back().packTransposed({weights_.headKernel, weights_.headRows}, thread, threads);
  });
}

// Drops some outputs of a layer, or their gradients: [time, batch, neurons], rows `stride` apart.
void Network::drop(int layer, Range mine, const float* values, float* to, ptrdiff_t stride) const {
  const int neurons = weights_.neurons;
  for (int step = 0; step < time_; step++) {
    const ptrdiff_t first = ptrdiff_t(step) * batch_;
    for (ptrdiff_t row = first + mine.from; row < first + mine.to; row++)
      dropout_.apply(layer, uint32_t(row * neurons), neurons, values + row * stride, to + row * stride);
  }
}

void Network::forwardRows(Range mine, float* scores, float* space) {
  const int neurons = weights_.neurons;
  for (size_t i = 0; i < layers_.size(); i++) {
    palimpsest::forward(layers_[i], forwardWeights_[i], mine, space);
    if (dropout_.rate > 0) drop(int(i), mine, layers_[i].hidden, outputs_[i], neurons);
  }
  for (int step = 0; step < time_; step++) {
    const ptrdiff_t row = ptrdiff_t(step) * batch_ + mine.from;
    product({weights_.headBias}, outputs(row), mine.length(), forwardWeights_.back(),
            scores + row * weights_.vocabulary, weights_.vocabulary, space);
  }
}

void Network::lossRows(Range mine, const int32_t* targets, float* scores, CharacterLoss* losses,
                       float* space) {
  const int vocabulary = weights_.vocabulary, width = weights_.headRows;
  for (int step = 0; step < time_; step++) {
    const ptrdiff_t first = ptrdiff_t(step) * batch_ + mine.from;
    for (ptrdiff_t row = first; row < first + mine.length(); row++) {
      float* own = scores + row * vocabulary;
      losses[row] = softmaxCrossEntropy(vocabulary, own, targets[row], 1.0f / rows(), own);
    }
    product({}, {{scores + first * vocabulary, vocabulary}}, mine.length(), backwardWeights_.back(),
            outputGradients_ + first * width, width, space);
  }
}

void Network::backwardRows(Range mine, float* space) {
  const int neurons = weights_.neurons, width = weights_.headRows;
  const bool headReadsAll = width != neurons;
  for (int i = int(layers_.size()) - 1; i >= 0; i--) {
    // Where the head reads only the last layer, all layers take turns in one place.
    const Gradients hidden{outputGradients_ + (headReadsAll ? i * neurons : 0), width};
    const Gradients lower{i == 0 ? nullptr : headReadsAll ? hidden.rows - neurons : hidden.rows, width};
    if (dropout_.rate > 0) drop(i, mine, hidden.rows, hidden.rows, width);
    backward(layers_[i], hidden, lower, headReadsAll, {}, backwardWeights_[i], mine, space);
  }
}

void Network::forward(float* scores) {
  packForward();
  const int threads = threadCount();
  size_t size = productSpace(batch_, weights_.headRows);
  for (const Layer& layer : layers_) size = std::max(size, forwardSpace(layer));
  float* space = takeScratch(size * threads);
  inParallel(threads, [&](int thread) {
    const Range mine = share(batch_, thread, threads);
    if (mine.length() > 0) forwardRows(mine, scores, space + thread * size);
  });
}

std::vector<CharacterLoss> Network::gradients(const int32_t* targets, const std::vector<float*>& gradients) {
  packForward();
  packBackward();
  const int threads = threadCount();
  float* scores = takeScratch(rows() * weights_.vocabulary);
  outputGradients_ = takeScratch(rows() * weights_.headRows);
  size_t size = std::max(productSpace(batch_, weights_.headRows), productSpace(batch_, weights_.vocabulary));
  for (const Layer& layer : layers_) size = std::max({size, forwardSpace(layer), backwardSpace(layer)});
  float* space = takeScratch(size * threads);
  std::vector<CharacterLoss> losses(rows());
  inParallel(threads, [&](int thread) {
    const Range mine = share(batch_, thread, threads);
    if (mine.length() == 0) return;
    float* own = space + thread * size;
    forwardRows(mine, scores, own);
    lossRows(mine, targets, scores, losses.data(), own);
    backwardRows(mine, own);
  });
  weightGradients(scores, gradients);
  return losses;
}

void Network::weightGradients(const float* scoreGradients, const std::vector<float*>& gradients) {
  const int threads = threadCount(), head = int(layers_.size());
  std::vector<ProductGradients> products;
  size_t size = 0;
  for (int i = 0; i <= head; i++) {
    float* const* mine = gradients.data() + 3 * i;
    products.push_back(i < head ? palimpsest::weightGradients(layers_[i], weights_.vocabulary,
                                                              {mine[0], mine[1], mine[2]}, half_)
                                : headGradients(mine[0], mine[1]));
    size = std::max(size, productGradientsSpace(products.back()));
  }
  // Some columns of a layer at a time, whichever thread is ready for them.
  float* space = takeScratch(size * threads);
  std::atomic<int> next{0};
  inParallel(threads, [&](int thread) {
    for (int piece = next++; piece < threads * (head + 1); piece = next++) {
      const int index = piece / threads;
      const float* results = index < head ? layers_[index].gates : scoreGradients;
      const int width = index < head ? layers_[index].columns() : weights_.vocabulary;
      const Range columns = share(width, piece % threads, threads, tileColumns);
      productGradients(products[index], results, int(rows()), width, columns, space + thread * size);
    }
  });
}

ProductGradients Network::headGradients(float* kernel, float* bias) const {
  std::vector<Factor> factors;
  for (const Part& part : outputs(0)) {
    factors.push_back({{part.rows, int(rows())}, part.width, kernel});
    kernel += ptrdiff_t(part.width) * weights_.vocabulary;
  }
  return {factors, bias, nullptr, 0, nullptr, false};
}

}  // namespace palimpsest
