// One draw: which character comes next.
#pragma once
#include <vector>

namespace palimpsest {

struct Choice {
  double temperature;  // 0 always takes the likeliest
  double topK;         // 0 is all
  double topP;         // 1 is all
};

// Chooses among the scores of some characters.
class Chooser {
 public:
  static constexpr int none = -1;

  // Refuses where a choice is out of range, and where the unknown character is the only one.
  Chooser(int vocabulary, const Choice& choice);

  // What `choose` in lib/generate/choose.ts does, number for number; `none` where the scores are not numbers.
  int choose(const float* scores, double drawn);

 private:
  void keepTop();

  const int vocabulary_;
  const Choice choice_;
  std::vector<double> weights_;  // of each character
  std::vector<int> ranked_;      // all but the unknown one
};

}  // namespace palimpsest
