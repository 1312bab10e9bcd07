#include "choose.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace palimpsest {
namespace {

// Zeroes the weights that topK and topP leave out.
void keepTop(int vocabulary, double* weights, double topK, double topP) {
  std::vector<int> ranked(vocabulary - 1);
  std::iota(ranked.begin(), ranked.end(), 1);
  std::sort(ranked.begin(), ranked.end(),
            [&](int a, int b) { return weights[a] != weights[b] ? weights[a] > weights[b] : a < b; });
  const size_t candidates = size_t(std::min(double(ranked.size()), topK));
  double total = 0, reached = 0;
  for (size_t i = 0; i < candidates; i++) total += weights[ranked[i]];
  const double enough = topP * total;
  size_t kept = 0;
  while (kept < candidates && (kept == 0 || reached < enough)) reached += weights[ranked[kept++]];
  for (size_t i = kept; i < ranked.size(); i++) weights[ranked[i]] = 0;
}

}  // namespace

int choose(int vocabulary, const float* scores, const Choice& choice, double drawn, double* weights) {
  int best = 1;  // Id 0, the unknown character, is never written.
  for (int id = 2; id < vocabulary; id++)
    if (scores[id] > scores[best]) best = id;
  if (choice.temperature == 0) return best;

  weights[0] = 0;
  for (int id = 1; id < vocabulary; id++)
    weights[id] = std::exp((double(scores[id]) - scores[best]) / choice.temperature);
  const bool fewer = choice.topK > 0 && choice.topK < vocabulary - 1;
  if (fewer || choice.topP < 1)
    keepTop(vocabulary, weights, choice.topK > 0 ? choice.topK : vocabulary, choice.topP);

  double left = 0;
  for (int id = 0; id < vocabulary; id++) left += weights[id];
  left *= drawn;
  int last = best;
  for (int id = 1; id < vocabulary; id++) {
    if (weights[id] == 0) continue;
    last = id;
    left -= weights[id];
    if (left < 0) break;
  }
  return last;
}

}  // namespace palimpsest
