// The weights of a stacked network, as operations get them: kernel, recurrent kernel and bias of each layer,
// then kernel and bias of the head, then projection, kernel and bias of each cluster of an adaptive softmax.
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

// A cluster of rarer tokens: see ../head/adaptive.h.
struct TailWeights {
  const float* projection;  // [headRows, width]
  const float* kernel;      // [width, tokens]
  const float* bias;        // [tokens]
  int width, tokens;
  int first;  // its first token
};

// What the head reads: neurons of all layers together, or of the last one, beside more.
struct HeadReads {
  int embedded = 0;      // numbers of an embedding before those of the layers
  bool attends = false;  // whether as many follow, of what attention gives
};

struct Weights {
  int neurons;
  int known;       // tokens that are read: rows of the kernels for them
  int vocabulary;  // tokens that are scored
  std::vector<LayerWeights> layers;
  const float* headKernel;  // [headRows, headColumns]
  const float* headBias;    // [headColumns]
  int headRows;             // what the head reads: see `HeadReads`
  int layersRead;           // by the head: all layers, or the last one
  int headColumns;          // the vocabulary, or its frequent tokens and the clusters
  std::vector<TailWeights> tails;

  // Reads the inputs from `first` on; `after` of them stand behind the weights.
  static Weights of(const Call& call, int first, int layers, int after, const HeadReads& reads = {});
  int count() const { return int(3 * layers.size() + 2 + 3 * tails.size()); }
  // Tokens that the head itself scores.
  int frequent() const { return headColumns - int(tails.size()); }
};

// How many layers there are: from `first` on stand two matrices of state for each, and then kernels, before
// the first bias.
int layersFrom(const Call& call, int first);

}  // namespace palimpsest
