// The loss as an operation: mean cross-entropy, its gradient and the share of hits in one pass over the
// scores.
#include <vector>

#include "../head/softmax.h"
#include "../machine/threads.h"
#include "operations.h"

namespace palimpsest {

void softmaxCrossEntropy(Call& call) {
  const float* logits = call.input(0, "logits", {-1, -1});
  const int rows = call.dimension(0, 0), vocabulary = call.dimension(0, 1);
  const int32_t* targets = call.input<int32_t>(1, "targets", {rows});
  checkIds("targets", targets, rows, vocabulary);
  float* crossEntropy = call.output(0, {});
  float* accuracy = call.output(1, {});
  float* gradient = call.output(2, {rows, vocabulary});
  std::vector<CharacterLoss> losses(rows);
  const int threads = threadCount();
  inParallel(threads, [&](int thread) {
    const Range mine = share(rows, thread, threads);
    for (ptrdiff_t row = mine.from; row < mine.to; row++) {
      const ptrdiff_t at = row * vocabulary;
      losses[row] = softmaxCrossEntropy(vocabulary, logits + at, targets[row], 1.0f / rows, gradient + at);
    }
  });
  double total = 0, hits = 0;
  for (const CharacterLoss& loss : losses) {
    total += loss.crossEntropy;
    hits += loss.hit;
  }
  *crossEntropy = float(total / rows);
  *accuracy = float(hits / rows);
}

}  // namespace palimpsest
