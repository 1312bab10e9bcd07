// A layer of LSTM cells over all time steps, forward and backward. The weights are in Keras' layout: the
// columns are the gates input, forget, candidate, output, `neurons` each.
//
// The rows of a batch know nothing of each other, so that a thread takes its rows through all time steps and
// waits for nobody. Only the gradients of the weights are sums over all rows; they are shared out by columns,
// when all rows are done.
#pragma once
#include "operations/weights.h"
#include "product/product.h"

namespace palimpsest {

struct Layer {
  int time, batch, neurons;
  LayerWeights weights;
  const float* input = nullptr;  // [time, batch, below]: what comes from the layer below
  const int32_t* ids = nullptr;  // [time, batch]; only looked at where the kernel has rows for the characters
  const float* hiddenBefore = nullptr;  // [batch, neurons], before the first step
  const float* cellBefore = nullptr;    // [batch, neurons]

  float* hidden = nullptr;  // [time, batch, neurons]
  float* cells = nullptr;   // [time, batch, neurons]
  // [time, batch, 4 × neurons]: squashed; after `backward` their gradients before they were squashed
  float* gates = nullptr;

  int columns() const { return 4 * neurons; }
  // By which a step's input and the hidden state before it are multiplied: [below + neurons, 4 × neurons].
  Stacked multiplied() const { return {weights.kernel, weights.below, weights.recurrentKernel, neurons}; }
  const float* characterRows() const { return weights.kernel + ptrdiff_t(weights.below) * columns(); }
};

// Fills hidden, cells and gates of some rows of the batch. `weights` has `multiplied`, packed.
void forward(const Layer& layer, const Panels& weights, Range rows, float* space);
size_t forwardSpace(const Layer& layer);

// Where the gradients of hidden states are: [time, batch, neurons], the rows `stride` numbers apart.
struct Gradients {
  float* rows;
  ptrdiff_t stride;
};

// Where the gradients of the state before the first step go: [batch, neurons] each, or nowhere.
struct StateGradients {
  float *hidden = nullptr, *cell = nullptr;
};

// Replaces the gates of some rows by their gradients, and adds what flows down to `lower` or puts it there,
// unless that is null. `weights` has `multiplied`, packed transposed.
void backward(const Layer& layer, Gradients hidden, Gradients lower, bool addToLower, StateGradients state,
              const Panels& weights, Range rows, float* space);
size_t backwardSpace(const Layer& layer);

struct LayerGradients {
  float *kernel, *recurrentKernel, *bias;  // shapes as in LayerWeights
};

// How the gradients of the weights are made of those of the gates, when `backward` has filled these for all
// rows.
ProductGradients weightGradients(const Layer& layer, int vocabulary, const LayerGradients& gradients,
                                 bool half);

}  // namespace palimpsest
