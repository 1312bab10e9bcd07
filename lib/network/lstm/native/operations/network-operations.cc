// The network as operations: to read text and score what comes next, and to learn from it.
#include <algorithm>

#include "../network.h"
#include "operations.h"

namespace palimpsest {
namespace {

// The inputs that both operations begin with: ids [time, batch], the hidden states and the cells of all
// layers.
struct Reading {
  int time, batch, layers;
  const int32_t* ids = nullptr;
  std::vector<const float*> hidden = {}, cell = {};
};

Reading readingOf(const Call& call, int layers, const Weights& weights) {
  Reading reading{call.dimension(0, 0), call.dimension(0, 1), layers};
  const int neurons = weights.neurons;
  const int64_t rows = Call::counted(int64_t(reading.time) * reading.batch);
  Call::requireAddressable(rows, std::max(int64_t(4) * neurons, int64_t(weights.vocabulary)));
  reading.ids = call.input<int32_t>(0, "ids", {-1, -1});
  checkIds("ids", reading.ids, ptrdiff_t(reading.time) * reading.batch, weights.known);
  for (int i = 0; i < layers; i++)
    reading.hidden.push_back(call.input(1 + i, "hidden", {reading.batch, neurons}));
  for (int i = 0; i < layers; i++)
    reading.cell.push_back(call.input(1 + layers + i, "cell", {reading.batch, neurons}));
  if (reading.time < 1 || reading.batch < 1) refuse("Expected at least one character to read");
  return reading;
}

// Puts the state of all layers after the last character into the outputs from `first` on.
void giveState(Call& call, int first, const Network& network, const Reading& reading, int neurons) {
  const ptrdiff_t size = ptrdiff_t(reading.batch) * neurons;
  for (int i = 0; i < reading.layers; i++) {
    std::copy_n(network.hiddenAfter(i), size, call.output(first + i, {reading.batch, neurons}));
    std::copy_n(network.cellAfter(i), size,
                call.output(first + reading.layers + i, {reading.batch, neurons}));
  }
}

// What the head reads beside the layers, in the last inputs: an embedding, attention's kernel, what it looks
// back at, where there was something, and its span. Where there is none of something, it has no numbers.
constexpr int besideInputs = 5;

HeadReads headReadsOf(const Call& call) {
  const int first = call.inputs() - besideInputs;
  if (first < 0) refuse("Expected inputs for what the head reads beside the layers");
  return {call.dimension(first, 1), call.size(first + 1) > 0};
}

Beside besideOf(const Call& call, const HeadReads& reads, const Weights& weights, int batch) {
  const int first = call.inputs() - besideInputs;
  Beside beside;
  beside.embedded = reads.embedded;
  if (reads.embedded > 0) beside.embedding = call.input(first, "embedding", {weights.known, reads.embedded});
  if (!reads.attends) return beside;
  LookBack& look = beside.look;
  const int width = weights.headRows / 2;
  look.kernel = call.input(first + 1, "attentionKernel", {width, 1});
  look.memory = call.input(first + 2, "memory", {batch, -1, width});
  look.back = call.dimension(first + 2, 1);
  look.present = call.input(first + 3, "present", {batch, look.back});
  look.span = *call.input<int32_t>(first + 4, "span", {});
  if (look.span < 1) refuse("Expected `span` of at least 1, got " + std::to_string(look.span));
  return beside;
}

}  // namespace

// ids, hidden and cell of each layer, weights → scores, hidden and cell of each layer
void read(Call& call) {
  const int layers = layersFrom(call, 1);
  const Weights weights = Weights::of(call, 1 + 2 * layers, layers, 0);
  const Reading reading = readingOf(call, layers, weights);
  Network network(weights, reading.time, reading.batch, reading.ids, reading.hidden, reading.cell, {0, {}},
                  false);
  network.forward(call.output(0, {ptrdiff_t(reading.time) * reading.batch, weights.vocabulary}));
  giveState(call, 1, network, reading, weights.neurons);
}

// ids, hidden and cell of each layer, weights, targets, dropout's rate and keys, half, what the head reads
// beside the layers → crossEntropy, accuracy, hidden and cell of each layer, gradients of the weights, of the
// embedding and of attention's kernel, what attention looks back at, where there was something
void learn(Call& call) {
  const HeadReads reads = headReadsOf(call);
  const int layers = layersFrom(call, 1);
  const Weights weights = Weights::of(call, 1 + 2 * layers, layers, 4 + besideInputs, reads);
  const Reading reading = readingOf(call, layers, weights);
  const int time = reading.time, batch = reading.batch, rest = 1 + 2 * layers + weights.count();
  const int32_t* targets = call.input<int32_t>(rest, "targets", {time, batch});
  checkIds("targets", targets, ptrdiff_t(time) * batch, weights.vocabulary);
  const uint32_t* keys = call.input<uint32_t>(rest + 2, "keys", {layers});
  const Dropout dropout{*call.input(rest + 1, "rate", {}), {keys, keys + layers}};
  if (!(dropout.rate >= 0 && dropout.rate < 1))
    refuse("Expected `rate` from 0 to below 1, got " + std::to_string(dropout.rate));
  const bool half = *call.input<int32_t>(rest + 3, "half", {}) != 0;

  float* crossEntropy = call.output(0, {});
  float* accuracy = call.output(1, {});
  std::vector<float*> gradients;
  for (int i = 0; i < weights.count(); i++)
    gradients.push_back(call.outputLike(2 + 2 * layers + i, 1 + 2 * layers + i));
  const Beside beside = besideOf(call, reads, weights, batch);
  Call::requireAddressable(int64_t(time) * batch, std::max(weights.headRows, beside.look.span));
  Network network(weights, time, batch, reading.ids, reading.hidden, reading.cell, dropout, half, beside);
  const std::vector<CharacterLoss> losses = network.gradients(targets, gradients);
  double total = 0, hits = 0;
  for (const CharacterLoss& loss : losses) {
    total += loss.crossEntropy;
    hits += loss.hit;
  }
  *crossEntropy = float(total / losses.size());
  *accuracy = float(hits / losses.size());
  giveState(call, 2, network, reading, weights.neurons);
  const int extra = call.inputs() - besideInputs, given = 2 + 2 * layers + weights.count();
  float* embedding = call.outputLike(given, extra);
  network.besideGradients(embedding, call.outputLike(given + 1, extra + 1));
  const int remembered = network.remembered();
  float* memory = call.output(given + 2, {batch, remembered, reads.attends ? weights.headRows / 2 : 0});
  network.remember(memory, call.output(given + 3, {batch, remembered}));
}

// → numbers in a vector register, whether the processor multiplies in bfloat16, threads
void abilities(Call& call) {
  int32_t* answer = call.output<int32_t>(0, {3});
  answer[0] = lanes;
  answer[1] = HalfPrecision::byProcessor;
  answer[2] = threadCount();
}

}  // namespace palimpsest
