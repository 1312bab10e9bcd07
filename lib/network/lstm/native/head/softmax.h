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

// The highest of some scores; none that is not a number.
float highestOf(int length, const float* scores);

// Whether the one at `index` is the highest, and the first of these.
bool isFirst(const float* scores, int index, float highest);

// Turns scores into the logarithms of their shares, `plus` added to each.
void logSoftmax(int length, float* scores, float plus);

// The highest of these logarithms.
float highestLogSoftmax(int length, const float* scores);

}  // namespace palimpsest
