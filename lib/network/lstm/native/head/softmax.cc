#include "softmax.h"

#include <cmath>

#include "../activations.h"

namespace palimpsest {

float highestOf(int length, const float* values) {
  Vector highest = broadcast(-INFINITY);
  int at = 0;
  for (; at + lanes <= length; at += lanes) {
    const Vector next = load(values + at);
    highest = next > highest ? next : highest;
  }
  float most = -INFINITY;
  for (int lane = 0; lane < lanes; lane++) most = std::fmax(most, highest[lane]);
  for (; at < length; at++) most = std::fmax(most, values[at]);
  return most;
}

bool isFirst(const float* scores, int index, float highest) {
  if (scores[index] != highest) return false;
  for (int before = 0; before < index; before++)
    if (scores[before] == highest) return false;
  return true;
}

CharacterLoss softmaxCrossEntropy(int vocabulary, const float* scores, int target, float scale,
                                  float* gradient) {
  const float highest = highestOf(vocabulary, scores);
  const bool hit = isFirst(scores, target, highest);
  const double distance = double(highest) - scores[target];
  // e^(score - highest), which cannot overflow, and its sum; a row's end counts as nothing. A score that is
  // not a number, or is infinite, leaves no number in the row: where it is passed over as the highest, it is
  // in the sum.
  Vector totals{};
  forEachVector(vocabulary, [&](auto at) {
    at.store(gradient, exponential(atLeast(at.load(scores) - highest, -87.0f)));
    totals += at.load(gradient);
  });
  const float total = sum(totals), factor = scale / total;
  forEachVector(vocabulary, [&](auto at) { at.store(gradient, at.load(gradient) * factor); });
  gradient[target] -= scale;
  return {std::log(double(total)) + distance, hit && !std::isnan(total)};
}

namespace {

// The logarithm of the sum of e^(score - highest); no number where a score is none, or is infinite.
float logOfPowers(int length, const float* scores, float highest) {
  Vector totals{};
  int at = 0;
  for (; at + lanes <= length; at += lanes)
    totals += exponential(atLeast(load(scores + at) - highest, -87.0f));
  float total = sum(totals);
  for (; at < length; at++) {
    const float below = scores[at] - highest;
    total += below < -87.0f ? 0 : std::exp(below);
  }
  return std::log(total);
}

}  // namespace

void logSoftmax(int length, float* scores, float plus) {
  const float highest = highestOf(length, scores);
  const float shift = plus - logOfPowers(length, scores, highest);
  forEachVector(length, [&](auto at) { at.store(scores, at.load(scores) - highest + shift); });
}

float highestLogSoftmax(int length, const float* scores) {
  return -logOfPowers(length, scores, highestOf(length, scores));
}

}  // namespace palimpsest
