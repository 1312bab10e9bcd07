// A network over all time steps, forward. Losses and gradients are in `network-learning.cc`.
#include "network.h"

#include <algorithm>

#include "machine/scratch.h"

namespace palimpsest {

Network::Network(const Weights& weights, int time, int batch, const int32_t* ids,
                 const std::vector<const float*>& hidden, const std::vector<const float*>& cell,
                 const Dropout& dropout, bool half, const Beside& beside)
    : weights_(weights), time_(time), batch_(batch), dropout_(dropout), half_(half), beside_(beside) {
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
  if (beside.embedded > 0) embedded_ = takeScratch(rows() * beside.embedded);
  if (beside.look.kernel)
    attention_ = std::make_unique<Attention>(beside.look, time, batch, weights.headRows / 2);
  if (!weights.tails.empty()) adaptive_ = std::make_unique<AdaptiveHead>(weights);
}

// What the network has at the rows from `row` of [time × batch] on.
Joined Network::features(ptrdiff_t row) const {
  const int neurons = weights_.neurons;
  Joined parts;
  if (embedded_) parts.push_back({embedded_ + row * beside_.embedded, beside_.embedded});
  for (size_t i = layers_.size() - weights_.layersRead; i < layers_.size(); i++)
    parts.push_back({outputs_[i] + row * neurons, neurons});
  return parts;
}

// What the head reads of them.
Joined Network::outputs(ptrdiff_t row) const {
  Joined parts = features(row);
  const int width = weights_.headRows / 2;
  if (attention_) parts.push_back({attention_->average() + row * width, width});
  return parts;
}

void Network::lookUp(Range mine) {
  const int width = beside_.embedded;
  for (int step = 0; step < time_; step++)
    for (ptrdiff_t row = ptrdiff_t(step) * batch_ + mine.from; row < ptrdiff_t(step) * batch_ + mine.to;
         row++)
      std::copy_n(beside_.embedding + ptrdiff_t(layers_[0].ids[row]) * width, width, embedded_ + row * width);
}

void Network::packForward() {
  for (const Layer& layer : layers_)
    forwardWeights_.push_back(Panels::take(half_, layer.multiplied().rows(), layer.columns()));
  if (adaptive_)
    adaptive_->takeForward();
  else
    forwardWeights_.push_back(Panels::take(false, weights_.headRows, weights_.vocabulary));
  const int threads = threadCount();
  inParallel(threads, [&](int thread) {
    for (size_t i = 0; i < layers_.size(); i++)
      forwardWeights_[i].pack(layers_[i].multiplied(), thread, threads);
    if (adaptive_)
      adaptive_->packForward(thread, threads);
    else
      forwardWeights_.back().pack({weights_.headKernel, weights_.headRows}, thread, threads);
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

void Network::forwardRows(Range mine, float* space) {
  const int neurons = weights_.neurons;
  for (size_t i = 0; i < layers_.size(); i++) {
    palimpsest::forward(layers_[i], forwardWeights_[i], mine, space);
    if (dropout_.rate > 0) drop(int(i), mine, layers_[i].hidden, outputs_[i], neurons);
  }
  if (embedded_) lookUp(mine);
  if (attention_) attention_->forward(features(0), mine, space);
}

void Network::scoreRows(Range mine, float* scores, float* space) const {
  for (int step = 0; step < time_; step++) {
    const ptrdiff_t row = ptrdiff_t(step) * batch_ + mine.from;
    float* to = scores + row * weights_.vocabulary;
    if (adaptive_)
      adaptive_->score(outputs(row), mine.length(), to, space);
    else
      product({weights_.headBias}, outputs(row), mine.length(), forwardWeights_.back(), to,
              weights_.vocabulary, space);
  }
}

size_t Network::layerSpace(bool backward) const {
  size_t size = attention_ ? attention_->space() : 0;
  for (const Layer& layer : layers_)
    size = std::max({size, forwardSpace(layer), backward ? backwardSpace(layer) : 0});
  return size;
}

void Network::forward(float* scores) {
  packForward();
  const int threads = threadCount();
  const size_t ofHead = adaptive_ ? adaptive_->scoreSpace(batch_) : productSpace(batch_, weights_.headRows);
  const size_t size = std::max(layerSpace(false), ofHead);
  float* space = takeScratch(size * threads);
  inParallel(threads, [&](int thread) {
    const Range mine = share(batch_, thread, threads);
    if (mine.length() == 0) return;
    forwardRows(mine, space + thread * size);
    scoreRows(mine, scores, space + thread * size);
  });
}

void Network::remember(float* memory, float* present) const {
  if (!attention_) return;
  const int threads = threadCount();
  inParallel(threads, [&](int thread) {
    attention_->remember(features(0), share(batch_, thread, threads), memory, present);
  });
}

}  // namespace palimpsest
