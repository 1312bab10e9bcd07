// Attention: beside what the network has at a position, an average of what it had at the last positions, each
// weighted by the softmax of a learned score (../../layers/attention.ts). The rows of a batch know nothing of
// each other; all is in single precision.
#pragma once
#include <vector>

#include "../machine/threads.h"
#include "../product/matrix.h"

namespace palimpsest {

// What attention looks back with; without a kernel there is none.
struct LookBack {
  const float* kernel = nullptr;   // of the score: [width]
  int span = 0;                    // positions that an average is over at most
  int back = 0;                    // positions that are remembered from before
  const float* memory = nullptr;   // [batch, back, width], the newest last
  const float* present = nullptr;  // [batch, back]: 0 before the beginning
};

class Attention {
 public:
  // Takes scratch memory for `time` positions of `batch` rows, `width` numbers each.
  Attention(const LookBack& look, int time, int batch, int width);

  // Both take `features`, [time, batch, …] side by side, and some rows of the batch.
  // Fills `average`.
  void forward(const Joined& features, Range mine, float* space);
  // Of the gradients [time, batch, 2 × width] by features and averages, adds to the former what flows through
  // the latter.
  void backward(const Joined& features, Range mine, float* gradients, float* space);
  size_t space() const;

  // Fills the gradient by the kernel, once all rows have gone backward.
  void kernelGradient(float* gradient) const;

  // Fills what the next window looks back at of some rows: [batch, kept, width] and [batch, kept].
  void remember(const Joined& features, Range mine, float* memory, float* present) const;
  int kept() const { return std::min(look_.span - 1, look_.back + time_); }

  const float* average() const { return average_; }  // [time, batch, width]

 private:
  // Where a row of the batch is computed; rows of features are in whole vectors there.
  struct Workplace {
    float* all;                    // features of all positions, those that are remembered first
    float *averages, *byFeatures;  // of each step: the gradients by its average and by its features
    float *kernel, *sums;          // a row each
    float* seenBy;                 // [time, time]: the weight of a step, a row, at each step that sees it
    float *scores, *byWeights;  // scores of all positions, or gradients by them, and by the weights of a step
  };

  int positions() const { return look_.back + time_; }
  // The first position that a step sees, and how many it sees.
  int from(int step) const { return std::max(0, look_.back + step + 1 - look_.span); }
  int seen(int step) const { return look_.back + step + 1 - from(step); }
  ptrdiff_t at(int step, int row) const { return (ptrdiff_t(step) * batch_ + row) * width_; }
  float* weights(int row, int step) const { return weights_ + (ptrdiff_t(row) * time_ + step) * mostSeen_; }
  Workplace workplace(float* space) const;
  void gather(const Joined& features, int row, float* all) const;
  void copyFeatures(const Joined& features, int step, int row, float* to) const;
  void weigh(int row, float* scores) const;
  void backThroughWeights(int row, const Workplace& own) const;
  void backThroughAverages(const Workplace& own) const;

  LookBack look_;
  int time_, batch_, width_;
  int padded_;    // a row in whole vectors
  int mostSeen_;  // places for the weights of a position, in whole vectors
  float *average_, *weights_;
  float* kernelGradients_;  // of each row of the batch: [batch, width]
};

}  // namespace palimpsest
