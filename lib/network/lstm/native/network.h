// The whole network over a window of text: stacked layers and a head that scores what comes next.
//
// A thread takes its rows of the batch through all layers, the loss and back again without waiting for
// others, but for an adaptive head, whose rows are shared out anew; then the gradients of the weights are
// made, by columns.
#pragma once
#include <memory>
#include <vector>

#include "dropout.h"
#include "head/adaptive.h"
#include "head/attention.h"
#include "head/softmax.h"
#include "layer.h"

namespace palimpsest {

// What a head reads beside the outputs of the layers.
struct Beside {
  const float* embedding = nullptr;  // [known, embedded], looked up by the characters
  int embedded = 0;
  LookBack look = {};  // over the embedded and the outputs
};

class Network {
 public:
  // `hidden` and `cell` have the state of each layer. `half` multiplies in bfloat16, except in the head. What
  // is computed lies in scratch memory.
  Network(const Weights& weights, int time, int batch, const int32_t* ids,
          const std::vector<const float*>& hidden, const std::vector<const float*>& cell,
          const Dropout& dropout, bool half, const Beside& beside = {});

  // Reads all characters and fills scores: [time, batch, vocabulary].
  void forward(float* scores);

  // Reads all characters; returns the loss of each and fills the gradients of the mean, in the order of the
  // weights.
  std::vector<CharacterLoss> gradients(const int32_t* targets, const std::vector<float*>& gradients);

  // After that: fills the gradients by the embedding beside the layers and by attention's kernel.
  void besideGradients(float* embedding, float* attentionKernel) const;

  // What attention looks back at after the last character, in so many positions: see `Attention::remember`.
  int remembered() const { return attention_ ? attention_->kept() : 0; }
  void remember(float* memory, float* present) const;

  // The state of a layer after the last character: [batch, neurons].
  const float* hiddenAfter(int layer) const { return lastOf(layers_[layer].hidden); }
  const float* cellAfter(int layer) const { return lastOf(layers_[layer].cells); }

 private:
  const float* lastOf(const float* states) const {
    return states + ptrdiff_t(time_ - 1) * batch_ * weights_.neurons;
  }
  ptrdiff_t rows() const { return ptrdiff_t(time_) * batch_; }
  Joined features(ptrdiff_t row) const;
  Joined outputs(ptrdiff_t row) const;
  void lookUp(Range mine);
  void packForward();
  void packBackward();
  void drop(int layer, Range mine, const float* values, float* to, ptrdiff_t stride) const;
  void forwardRows(Range mine, float* space);
  void scoreRows(Range mine, float* scores, float* space) const;
  void lossRows(Range mine, const int32_t* targets, float* scores, CharacterLoss* losses, float* space);
  void backwardRows(Range mine, float* space);
  size_t layerSpace(bool backward) const;
  void learnAll(const int32_t* targets, float* scores, CharacterLoss* losses);
  void learnAdaptively(CharacterLoss* losses);
  void weightGradients(const float* scoreGradients, const std::vector<float*>& gradients);

  const Weights& weights_;
  int time_, batch_;
  std::vector<Layer> layers_;
  Dropout dropout_;
  bool half_;
  // Of each layer: its hidden states, or what dropout has left of them: [time, batch, neurons].
  std::vector<float*> outputs_;
  Beside beside_;
  float* embedded_ = nullptr;  // [time, batch, embedded]
  std::unique_ptr<Attention> attention_;
  // The head's are the last.
  std::vector<Panels> forwardWeights_, backwardWeights_;
  // Where the head has clusters it is this one, and the weights above are the layers' alone.
  std::unique_ptr<AdaptiveHead> adaptive_;
  // Of the loss by what the head reads: [time, batch, headRows].
  float* outputGradients_ = nullptr;
};

}  // namespace palimpsest
