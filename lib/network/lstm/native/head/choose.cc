#include "choose.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "../operations/refuse.h"

namespace palimpsest {
namespace {

bool areNumbers(int vocabulary, const float* scores, int best) {
  bool numbers = std::isfinite(scores[best]);
  for (int id = 0; id < vocabulary; id++) numbers = numbers && scores[id] < INFINITY;  // and so not NaN
  return numbers;
}

}  // namespace

Chooser::Chooser(int vocabulary, const Choice& choice) : vocabulary_(vocabulary), choice_(choice) {
  const auto [temperature, topK, topP] = choice;
  if (!(temperature >= 0 && topK >= 0 && topP > 0 && topP <= 1))
    refuse("Expected `temperature` and `topK` >= 0 and `topP` above 0 and at most 1, got " +
           std::to_string(temperature) + ", " + std::to_string(topK) + ", " + std::to_string(topP));
  if (vocabulary < 2) refuse("Expected a vocabulary with something to write, got an empty one");
  weights_.resize(vocabulary);
  ranked_.resize(vocabulary - 1);
}

int Chooser::choose(const float* scores, double drawn) {
  int best = 1;  // Id 0, the unknown character, is never written.
  for (int id = 2; id < vocabulary_; id++)
    if (scores[id] > scores[best]) best = id;
  if (!areNumbers(vocabulary_, scores, best)) return none;
  if (choice_.temperature == 0) return best;

  weights_[0] = 0;
  for (int id = 1; id < vocabulary_; id++) {
    const double below = double(scores[id]) - scores[best];
    weights_[id] = below > -INFINITY ? std::exp(below / choice_.temperature) : 0;
  }
  const bool fewer = choice_.topK > 0 && choice_.topK < vocabulary_ - 1;
  if (fewer || choice_.topP < 1) keepTop();

  double left = 0;
  for (double weight : weights_) left += weight;
  left *= drawn;
  int last = best;
  for (int id = 1; id < vocabulary_; id++) {
    if (weights_[id] == 0) continue;
    last = id;
    left -= weights_[id];
    if (left < 0) break;
  }
  return last;
}

// Zeroes the weights that topK and topP leave out.
void Chooser::keepTop() {
  std::iota(ranked_.begin(), ranked_.end(), 1);
  std::sort(ranked_.begin(), ranked_.end(),
            [&](int a, int b) { return weights_[a] != weights_[b] ? weights_[a] > weights_[b] : a < b; });
  const size_t all = ranked_.size();
  const size_t candidates = choice_.topK > 0 ? size_t(std::min(double(all), choice_.topK)) : all;
  double total = 0, reached = 0;
  for (size_t i = 0; i < candidates; i++) total += weights_[ranked_[i]];
  const double enough = choice_.topP * total;
  size_t kept = 0;
  while (kept < candidates && (kept == 0 || reached < enough)) reached += weights_[ranked_[kept++]];
  for (size_t i = kept; i < all; i++) weights_[ranked_[i]] = 0;
}

}  // namespace palimpsest
