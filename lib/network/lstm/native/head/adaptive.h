// The head of a large vocabulary (Grave et al. 2017): it scores the frequent tokens and, beside them,
// clusters of rarer ones. Those of a cluster are scored from a narrower projection of what the head reads,
// and in learning only where a token of it came.
#pragma once
#include <vector>

#include "../operations/weights.h"
#include "../product/due-gradients.h"
#include "softmax.h"

namespace palimpsest {

class AdaptiveHead {
 public:
  explicit AdaptiveHead(const Weights& weights);

  // Make room in scratch memory, for reading and for learning; the latter finds the rows of each cluster.
  void takeForward();
  void takeBackward(const int32_t* targets, int rows);
  void packForward(int thread, int threads);
  void packBackward(int thread, int threads);

  // Fills the logarithm of each token's probability, [rows, vocabulary], of rows that the head reads.
  void score(const Joined& read, int rows, float* scores, float* space) const;
  size_t scoreSpace(int rows) const;

  // The losses of some rows, at most `rowsAtOnce`, and their gradients by what the head reads:
  // [all rows, headRows]. `read` begins with the first of them; `scale` times the loss is what has the
  // gradients.
  static constexpr int rowsAtOnce = 256;
  void loss(const Joined& read, Range mine, float scale, CharacterLoss* losses, float* readGradients,
            float* space) const;
  size_t lossSpace() const;

  // The gradients of the head's weights, in their order, after all losses. `read` are all rows.
  std::vector<DueGradients> weightGradients(const Joined& read, float* const* gradients) const;

 private:
  struct Tail {
    Panels projection, kernel;  // forward
    Panels backThroughKernel, backThroughProjection;
    std::vector<int> rows;                // at which a token of it came, in their order
    float* read = nullptr;                // of these rows what the head reads: [rows, headRows]
    float* projected = nullptr;           // [rows, width]
    float* scores = nullptr;              // [rows, tokens], then their gradients
    float* projectedGradients = nullptr;  // [rows, width]
  };
  // What is known of the rows of a turn, from the first one on.
  struct Turn {
    float* clusters;  // [rows, clusters]: logarithms of their probabilities
    float* best;      // [rows]: of the likeliest frequent token
    float* target;    // [rows]: of the token that came
  };

  int clusterOf(int token) const;
  void headLoss(const Joined& read, Range mine, float scale, CharacterLoss* losses, const Turn& turn,
                float* space) const;
  void tailLoss(int index, const Joined& read, Range mine, float scale, CharacterLoss* losses,
                const Turn& turn, float* readGradients, float* space) const;
  void compareWith(int index, const Joined& read, Range mine, CharacterLoss* losses, const Turn& turn,
                   float* space) const;
  int widest() const;
  int largest() const;

  const Weights& weights_;
  const int32_t* targets_ = nullptr;
  int rows_ = 0;
  Panels head_{}, backThroughHead_{};
  std::vector<Tail> tails_;
  float* scores_ = nullptr;  // of the head: [all rows, headColumns], then their gradients
};

}  // namespace palimpsest
