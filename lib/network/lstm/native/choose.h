// One draw: which character comes next.
#pragma once

namespace palimpsest {

struct Choice {
  double temperature;  // 0 always takes the likeliest
  double topK;         // 0 is all
  double topP;         // 1 is all
};

// What `choose` in lib/generate/choose.ts does, number for number; `weights` has space for one number a
// character.
int choose(int vocabulary, const float* scores, const Choice& choice, double drawn, double* weights);

}  // namespace palimpsest
