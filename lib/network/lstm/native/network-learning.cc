// The losses of a network and their gradients, backward through all time steps.
#include <algorithm>
#include <atomic>

#include "machine/scratch.h"
#include "network.h"
#include "product/vector.h"

namespace palimpsest {

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
