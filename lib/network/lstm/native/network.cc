#include "network.h"

#include <algorithm>
#include <atomic>

#include "machine/scratch.h"
#include "product/vector.h"

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

void Network::packBackward() {
  for (const Layer& layer : layers_)
    backwardWeights_.push_back(Panels::take(half_, layer.columns(), layer.multiplied().rows()));
  if (!adaptive_) backwardWeights_.push_back(Panels::take(false, weights_.vocabulary, weights_.headRows));
  const int threads = threadCount();
  inParallel(threads, [&](int thread) {
    for (size_t i = 0; i < layers_.size(); i++)
      backwardWeights_[i].packTransposed(layers_[i].multiplied(), thread, threads);
    if (adaptive_)
      adaptive_->packBackward(thread, threads);
    else
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
  const bool headReadsAll = weights_.layersRead > 1;
  if (attention_) attention_->backward(features(0), mine, outputGradients_, space);
  for (int i = int(layers_.size()) - 1; i >= 0; i--) {
    // Where the head reads only the last layer, all layers take turns in one place.
    const Gradients hidden{outputGradients_ + beside_.embedded + (headReadsAll ? i * neurons : 0), width};
    const Gradients lower{i == 0 ? nullptr : headReadsAll ? hidden.rows - neurons : hidden.rows, width};
    if (dropout_.rate > 0) drop(i, mine, hidden.rows, hidden.rows, width);
    backward(layers_[i], hidden, lower, headReadsAll, {}, backwardWeights_[i], mine, space);
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

std::vector<CharacterLoss> Network::gradients(const int32_t* targets, const std::vector<float*>& gradients) {
  packForward();
  if (adaptive_) adaptive_->takeBackward(targets, int(rows()));
  packBackward();
  outputGradients_ = takeScratch(rows() * weights_.headRows);
  float* scores = adaptive_ ? nullptr : takeScratch(rows() * weights_.vocabulary);
  std::vector<CharacterLoss> losses(rows());
  if (adaptive_)
    learnAdaptively(losses.data());
  else
    learnAll(targets, scores, losses.data());
  weightGradients(scores, gradients);
  return losses;
}

void Network::besideGradients(float* embedding, float* attentionKernel) const {
  const int width = beside_.embedded;
  std::fill_n(embedding, ptrdiff_t(width > 0 ? weights_.known : 0) * width, 0.0f);
  for (ptrdiff_t row = 0; embedded_ && row < rows(); row++)
    addTo(embedding + ptrdiff_t(layers_[0].ids[row]) * width, width,
          outputGradients_ + row * weights_.headRows);
  if (attention_) attention_->kernelGradient(attentionKernel);
}

void Network::remember(float* memory, float* present) const {
  if (!attention_) return;
  const int threads = threadCount();
  inParallel(threads, [&](int thread) {
    attention_->remember(features(0), share(batch_, thread, threads), memory, present);
  });
}

void Network::learnAll(const int32_t* targets, float* scores, CharacterLoss* losses) {
  const int threads = threadCount();
  const size_t size = std::max(
      {productSpace(batch_, weights_.headRows), productSpace(batch_, weights_.vocabulary), layerSpace(true)});
  float* space = takeScratch(size * threads);
  inParallel(threads, [&](int thread) {
    const Range mine = share(batch_, thread, threads);
    if (mine.length() == 0) return;
    float* own = space + thread * size;
    forwardRows(mine, own);
    scoreRows(mine, scores, own);
    lossRows(mine, targets, scores, losses, own);
    backwardRows(mine, own);
  });
}

void Network::learnAdaptively(CharacterLoss* losses) {
  const int threads = threadCount(), all = int(rows());
  const size_t size = std::max(layerSpace(true), adaptive_->lossSpace());
  float* space = takeScratch(size * threads);
  const auto eachShare = [&](auto work) {
    inParallel(threads, [&](int thread) {
      const Range mine = share(batch_, thread, threads);
      if (mine.length() > 0) work(mine, space + thread * size);
    });
  };
  eachShare([&](Range mine, float* own) { forwardRows(mine, own); });
  // Some rows take longer than others: whichever thread is ready takes the next ones.
  const int atOnce = std::min(AdaptiveHead::rowsAtOnce, (all + threads - 1) / threads);
  std::atomic<int> next{0};
  inParallel(threads, [&](int thread) {
    for (int row = atOnce * next++; row < all; row = atOnce * next++)
      adaptive_->loss(outputs(row), {row, std::min(all, row + atOnce)}, 1.0f / all, losses, outputGradients_,
                      space + thread * size);
  });
  eachShare([&](Range mine, float* own) { backwardRows(mine, own); });
}

void Network::weightGradients(const float* scoreGradients, const std::vector<float*>& gradients) {
  const int threads = threadCount(), all = int(rows());
  std::vector<DueGradients> due;
  for (size_t i = 0; i < layers_.size(); i++) {
    float* const* mine = gradients.data() + 3 * i;
    due.push_back(
        {palimpsest::weightGradients(layers_[i], weights_.known, {mine[0], mine[1], mine[2]}, half_),
         layers_[i].gates, all, layers_[i].columns()});
  }
  float* const* head = gradients.data() + 3 * layers_.size();
  if (adaptive_) {
    for (const DueGradients& one : adaptive_->weightGradients(outputs(0), head)) due.push_back(one);
  } else {
    due.push_back(dueGradients(outputs(0), all, scoreGradients, weights_.vocabulary, head[0], head[1]));
  }
  size_t size = 0;
  for (const DueGradients& one : due) size = std::max(size, productGradientsSpace(one.products));
  // Some columns of a layer at a time, whichever thread is ready for them.
  float* space = takeScratch(size * threads);
  std::atomic<int> next{0};
  inParallel(threads, [&](int thread) {
    for (int piece = next++; piece < threads * int(due.size()); piece = next++) {
      const DueGradients& one = due[piece / threads];
      const Range columns = share(one.width, piece % threads, threads, tileColumns);
      productGradients(one.products, one.results, one.rows, one.width, columns, space + thread * size);
    }
  });
}

}  // namespace palimpsest
