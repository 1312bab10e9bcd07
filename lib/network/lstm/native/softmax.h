// Softmax and cross-entropy of the scores of one character.
#pragma once

namespace palimpsest {

struct CharacterLoss {
  double crossEntropy;  // nats
  bool hit;  // whether the target had the highest score; among equals the lowest id counts as highest
};

// Also fills `gradient`, [vocabulary]: that of `scale` times the cross-entropy by the scores. It may be the
// scores' own place.
CharacterLoss softmaxCrossEntropy(int vocabulary, const float* scores, int target, float scale,
                                  float* gradient);

}  // namespace palimpsest
