// Softmax and cross-entropy of the scores of one character.
#pragma once

namespace palimpsest {

struct CharacterLoss {
  double crossEntropy;  // nats
  // Whether the target had the highest score; among equals the lowest id counts as highest, and nothing does
  // where the cross-entropy is not a number.
  bool hit;
};

// Also fills `gradient`, [vocabulary]: that of `scale` times the cross-entropy by the scores. It may be the
// scores' own place.
CharacterLoss softmaxCrossEntropy(int vocabulary, const float* scores, int target, float scale,
                                  float* gradient);

}  // namespace palimpsest
