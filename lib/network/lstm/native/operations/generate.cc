// Writing: the network reads a prompt and goes on, one character after the other, in one call. There is a
// single row, so that each character reads all weights once, and that is what it costs; they are packed for
// it first, and the threads share them out by neurons.
#include <algorithm>
#include <atomic>
#include <cstring>
#include <vector>

#include "../cell.h"
#include "../head/choose.h"
#include "../machine/scratch.h"
#include "../machine/threads.h"
#include "../product/row-product.h"
#include "operations.h"
#include "packed-head.h"

namespace palimpsest {
namespace {

// So few weights stay near the processor, and one thread reads them in the time that several need to meet.
constexpr ptrdiff_t fewWeights = 400000;

// Where threads wait for each other; awake, because it is for microseconds.
class Barrier {
 public:
  explicit Barrier(int count) : count_(count) {}

  // Whether all have come; false where one never will.
  bool wait() {
    const int round = round_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1) + 1 == count_) {
      arrived_ = 0;
      round_++;
      return true;
    }
    for (int turn = 0; round_.load(std::memory_order_acquire) == round; turn++) {
      if (abandoned_) return false;
      if (turn < 10000)
        pauseThread();
      else
        restThread();
    }
    return true;
  }

  // Called by a thread that does not come any more.
  void abandon() { abandoned_ = true; }
  bool abandoned() const { return abandoned_; }

 private:
  const int count_;
  std::atomic<int> arrived_{0}, round_{0};
  std::atomic<bool> abandoned_{false};
};

// Neurons are shared out in so many, so that a thread has panels of its own, and cache lines to write.
constexpr int neuronUnit = std::max(16, tileColumns);

// The layers' weights: of each four gates.
struct PackedLayers {
  std::vector<PackedForRow> gates;

  static PackedLayers take(const Weights& weights) {
    std::vector<PackedForRow> gates;
    for (const LayerWeights& layer : weights.layers)
      for (int gate = 0; gate < 4; gate++)
        gates.push_back(PackedForRow::take(layer.below + weights.neurons, weights.neurons));
    return {gates};
  }

  void pack(const Weights& weights, Range mine) const {
    for (size_t i = 0; i < gates.size(); i++) {
      const LayerWeights& layer = weights.layers[i / 4];
      const Stacked multiplied{layer.kernel, layer.below, layer.recurrentKernel, weights.neurons};
      gates[i].pack(multiplied, 4 * weights.neurons, int(i % 4) * weights.neurons, mine);
    }
  }
};

// Some neurons of a layer read a character. `below` is the layer below's hidden state, after this character.
void readCharacter(const Weights& weights, const PackedLayers& packed, int index, int id, Range mine,
                   const float* before, float* hidden, float* cell, float* gates) {
  const LayerWeights& layer = weights.layers[index];
  const int neurons = weights.neurons, columns = 4 * neurons, gateStep = padded(neurons);
  const float* looked = layer.kernel + (ptrdiff_t(layer.below) + id) * columns;
  const Parts read{{{hidden - layer.below, layer.below}, {before, neurons}}};
  for (int gate = 0; gate < 4; gate++) {
    const int first = gate * neurons;
    float* result = gates + gate * gateStep;
    for (int i = mine.from; i < mine.to; i++)
      result[i] = layer.bias[first + i] + (layer.characters ? looked[first + i] : 0);
    packed.gates[4 * index + gate].addProduct(read, mine, result);
  }
  forwardCell(mine.length(), gateStep, cell + mine.from, gates + mine.from, cell + mine.from,
              hidden + mine.from);
}

}  // namespace

void generate(Call& call) {
  Choice choice;
  std::memcpy(&choice, call.input<int32_t>(0, "choice", {sizeof(choice) / sizeof(int32_t)}), sizeof(choice));
  const int promptLength = call.dimension(1, 0), count = call.dimension(2, 0);
  const int32_t* prompt = call.input<int32_t>(1, "prompt", {-1});
  const uint32_t* draws = call.input<uint32_t>(2, "draws", {-1});  // of 2^32
  if (promptLength < 1) refuse("Expected a prompt of at least one character");

  // After these three: the hidden states of all layers, their cells, and their weights.
  const int layers = layersFrom(call, 3);
  const Weights network = Weights::of(call, 3 + 2 * layers, layers, 0);
  const int neurons = network.neurons, vocabulary = network.vocabulary;
  if (network.known != vocabulary) refuse("Expected a network that reads the same tokens as it scores");
  checkIds("prompt", prompt, promptLength, vocabulary);

  const int size = Call::counted(ptrdiff_t(layers) * neurons);
  float* hidden[2] = {takeScratch(size), takeScratch(size)};  // before and after a character, by turns
  float* cells = takeScratch(size);
  for (int i = 0; i < layers; i++) {
    std::copy_n(call.input(3 + i, "hidden", {1, neurons}), neurons, hidden[0] + i * neurons);
    std::copy_n(call.input(3 + layers + i, "cell", {1, neurons}), neurons, cells + i * neurons);
  }
  float* gates = takeScratch(size_t(4) * padded(neurons));
  const PackedLayers packed = PackedLayers::take(network);
  const PackedHead head(network);
  float* scores = takeScratch(head.scoresLength());
  Chooser chooser(vocabulary, choice);
  int32_t* written = call.output<int32_t>(0, {count});

  const bool few = ptrdiff_t(8) * size * neurons < fewWeights;
  const int threads = few ? 1 : threadCount();
  const int characters = Call::counted(ptrdiff_t(promptLength) + std::max(0, count - 1));
  Barrier barrier(threads);
  const auto writeWith = [&](int thread) {
    const Range mine = share(neurons, thread, threads, neuronUnit);
    packed.pack(network, mine);
    if (thread == 0) head.pack();
    for (int i = 0; i < characters; i++) {
      const float* before = hidden[i % 2];
      float* after = hidden[1 - i % 2];
      const int id = i < promptLength ? prompt[i] : written[i - promptLength];
      for (int layer = 0; layer < layers; layer++) {
        const int at = layer * neurons;
        readCharacter(network, packed, layer, id, mine, before + at, after + at, cells + at, gates);
        if (!barrier.wait()) return;
      }
      const int next = i - promptLength + 1;  // what is written after this character
      if (thread == 0 && next >= 0 && next < count) {
        head.score(after + size - network.headRows, scores);
        written[next] = chooser.choose(scores, draws[next] / 4294967296.0);
        if (written[next] == Chooser::none) return barrier.abandon();
      }
      if (!barrier.wait()) return;
    }
  };
  inParallel(threads, writeWith);
  if (barrier.abandoned()) refuse("The network's scores are not numbers: it has diverged, and cannot write");
  for (int i = 0; i < layers; i++) {
    std::copy_n(hidden[characters % 2] + i * neurons, neurons, call.output(1 + i, {1, neurons}));
    std::copy_n(cells + i * neurons, neurons, call.output(1 + layers + i, {1, neurons}));
  }
}

}  // namespace palimpsest
