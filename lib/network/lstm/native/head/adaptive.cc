// Scores of all tokens by the head of a large vocabulary. What it learns is in `adaptive-learning.cc`.
#include "adaptive.h"

#include <algorithm>

namespace palimpsest {

AdaptiveHead::AdaptiveHead(const Weights& weights) : weights_(weights), tails_(weights.tails.size()) {}

int AdaptiveHead::widest() const {
  int width = 0;
  for (const TailWeights& tail : weights_.tails) width = std::max(width, tail.width);
  return width;
}

int AdaptiveHead::largest() const {
  int tokens = 0;
  for (const TailWeights& tail : weights_.tails) tokens = std::max(tokens, tail.tokens);
  return tokens;
}

// The cluster of a token, -1 of a frequent one.
int AdaptiveHead::clusterOf(int token) const {
  int cluster = -1;
  while (cluster + 1 < int(tails_.size()) && token >= weights_.tails[cluster + 1].first) cluster++;
  return cluster;
}

void AdaptiveHead::takeForward() {
  head_ = Panels::take(false, weights_.headRows, weights_.headColumns);
  for (size_t i = 0; i < tails_.size(); i++) {
    const TailWeights& weights = weights_.tails[i];
    tails_[i].projection = Panels::take(false, weights_.headRows, weights.width);
    tails_[i].kernel = Panels::take(false, weights.width, weights.tokens);
  }
}

void AdaptiveHead::packForward(int thread, int threads) {
  head_.pack({weights_.headKernel, weights_.headRows}, thread, threads);
  for (size_t i = 0; i < tails_.size(); i++) {
    const TailWeights& weights = weights_.tails[i];
    tails_[i].projection.pack({weights.projection, weights_.headRows}, thread, threads);
    tails_[i].kernel.pack({weights.kernel, weights.width}, thread, threads);
  }
}

size_t AdaptiveHead::scoreSpace(int rows) const {
  return size_t(rows) * (weights_.headColumns + widest()) + productSpace(rows, weights_.headRows);
}

void AdaptiveHead::score(const Joined& read, int rows, float* scores, float* space) const {
  const ptrdiff_t columns = weights_.headColumns, vocabulary = weights_.vocabulary;
  const int frequent = weights_.frequent();
  float* ofHead = space;
  float* projected = ofHead + rows * columns;
  float* rest = projected + ptrdiff_t(rows) * widest();
  product({weights_.headBias}, read, rows, head_, ofHead, columns, rest);
  for (int row = 0; row < rows; row++) {
    logSoftmax(int(columns), ofHead + row * columns, 0);
    std::copy_n(ofHead + row * columns, frequent, scores + row * vocabulary);
  }
  for (size_t i = 0; i < tails_.size(); i++) {
    const TailWeights& weights = weights_.tails[i];
    float* to = scores + weights.first;
    product({}, read, rows, tails_[i].projection, projected, weights.width, rest);
    product({weights.bias}, {{projected, weights.width}}, rows, tails_[i].kernel, to, vocabulary, rest);
    for (int row = 0; row < rows; row++)
      logSoftmax(weights.tokens, to + row * vocabulary, ofHead[row * columns + frequent + i]);
  }
}

}  // namespace palimpsest
