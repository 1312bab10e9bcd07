// The head as writing reads it: scores of what comes next, of a single row.
#pragma once
#include <vector>

#include "../product/row-product.h"
#include "weights.h"

namespace palimpsest {

class PackedHead {
 public:
  // Room in scratch memory.
  explicit PackedHead(const Weights& weights);

  void pack() const;

  // Fills the scores of all tokens from what the head reads, [headRows]. Those of an adaptive softmax are
  // logarithms of probabilities. There has to be room for `scoresLength`.
  void score(const float* read, float* scores) const;
  size_t scoresLength() const;

 private:
  struct Tail {
    PackedForRow projection, kernel;
  };
  const Weights& weights_;
  PackedForRow head_;
  std::vector<Tail> tails_;
  float *ofHead_ = nullptr, *projected_ = nullptr;
};

}  // namespace palimpsest
