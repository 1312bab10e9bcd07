#include "softmax.h"

#include <cmath>

#include "activations.h"

namespace palimpsest {
namespace {

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

int firstOf(int length, const float* values, float wanted) {
  for (int index = 0; index < length; index++)
    if (values[index] == wanted) return index;
  return -1;
}

}  // namespace

CharacterLoss softmaxCrossEntropy(int vocabulary, const float* scores, int target, float scale,
                                  float* gradient) {
  const float highest = highestOf(vocabulary, scores);
  const bool hit = scores[target] == highest && firstOf(target, scores, highest) < 0;
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

}  // namespace palimpsest
