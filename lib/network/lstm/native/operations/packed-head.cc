#include "packed-head.h"

#include <algorithm>

#include "../head/softmax.h"
#include "../machine/scratch.h"

namespace palimpsest {

PackedHead::PackedHead(const Weights& weights)
    : weights_(weights), head_(PackedForRow::take(weights.headRows, weights.headColumns)) {
  int widest = 0;
  for (const TailWeights& tail : weights.tails) {
    tails_.push_back(
        {PackedForRow::take(weights.headRows, tail.width), PackedForRow::take(tail.width, tail.tokens)});
    widest = std::max(widest, tail.width);
  }
  if (tails_.empty()) return;
  ofHead_ = takeScratch(padded(weights.headColumns));
  projected_ = takeScratch(padded(widest));
}

void PackedHead::pack() const {
  head_.packAll(weights_.headKernel);
  for (size_t i = 0; i < tails_.size(); i++) {
    tails_[i].projection.packAll(weights_.tails[i].projection);
    tails_[i].kernel.packAll(weights_.tails[i].kernel);
  }
}

size_t PackedHead::scoresLength() const { return size_t(weights_.vocabulary) + tileColumns; }

void PackedHead::score(const float* read, float* scores) const {
  const int columns = weights_.headColumns, frequent = weights_.frequent();
  const Parts given{{{read, weights_.headRows}, {}}};
  float* ofHead = tails_.empty() ? scores : ofHead_;
  std::copy_n(weights_.headBias, columns, ofHead);
  head_.addProduct(given, {0, columns}, ofHead);
  if (tails_.empty()) return;
  logSoftmax(columns, ofHead, 0);
  std::copy_n(ofHead, frequent, scores);
  // In their order: what a cluster writes beyond its end, the next one overwrites.
  for (size_t i = 0; i < tails_.size(); i++) {
    const TailWeights& tail = weights_.tails[i];
    float* own = scores + tail.first;
    std::fill_n(projected_, tail.width, 0.0f);
    tails_[i].projection.addProduct(given, {0, tail.width}, projected_);
    std::copy_n(tail.bias, tail.tokens, own);
    tails_[i].kernel.addProduct({{{projected_, tail.width}, {}}}, {0, tail.tokens}, own);
    logSoftmax(tail.tokens, own, ofHead[frequent + i]);
  }
}

}  // namespace palimpsest
