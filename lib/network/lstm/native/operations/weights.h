// The weights of a stacked network, as operations get them: kernel, recurrent kernel and bias of each layer,
// then kernel and bias of the head.
#pragma once
#include <vector>

#include "call.h"

namespace palimpsest {

struct LayerWeights {
  const float* kernel;           // [below + vocabulary, 4 × neurons], or the one or the other
  const float* recurrentKernel;  // [neurons, 4 × neurons]
  const float* bias;             // [4 × neurons]
  int below;                     // rows of the kernel for the layer below: neurons, or 0 in the first layer
  bool characters;               // whether it has rows for the characters
};

struct Weights {
  int neurons, vocabulary;
  std::vector<LayerWeights> layers;
  const float* headKernel;  // [headRows, vocabulary]
  const float* headBias;    // [vocabulary]
  int headRows;             // neurons of all layers together, or of the last one

  // Reads the inputs from `first` on.
  static Weights of(const Call& call, int first, int layers);
  static int count(int layers) { return 3 * layers + 2; }
};

}  // namespace palimpsest
