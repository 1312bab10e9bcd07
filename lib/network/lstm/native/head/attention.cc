#include "attention.h"

#include <cmath>

#include "../activations.h"
#include "../machine/scratch.h"
#include "softmax.h"

namespace palimpsest {
namespace {

int wholeVectors(int count) { return (count + lanes - 1) / lanes * lanes; }

// products[rows] = row · each of so many rows, all in whole vectors
template <int rows>
void dots(const float* row, const float* others, int padded, float* products) {
  Vector sums[rows] = {};
  for (int at = 0; at < padded; at += lanes)
    for (int i = 0; i < rows; i++) sums[i] += load(row + at) * load(others + ptrdiff_t(i) * padded + at);
  for (int i = 0; i < rows; i++) products[i] = sum(sums[i]);
}

void allDots(const float* row, const float* others, int padded, int count, float* products) {
  int i = 0;
  for (; i + 8 <= count; i += 8) dots<8>(row, others + ptrdiff_t(i) * padded, padded, products + i);
  for (; i < count; i++) dots<1>(row, others + ptrdiff_t(i) * padded, padded, products + i);
}

// to[0 … vectors] += rows, `padded` numbers apart, each times its weight
template <int vectors>
void addPiece(const float* rows, int padded, const float* weights, int count, float* to) {
  Vector sums[vectors];
  for (int i = 0; i < vectors; i++) sums[i] = load(to + i * lanes);
  for (int row = 0; row < count; row++, rows += padded)
    for (int i = 0; i < vectors; i++) sums[i] += weights[row] * load(rows + i * lanes);
  for (int i = 0; i < vectors; i++) store(to + i * lanes, sums[i]);
}

// Rows with their weights, to be added up in another.
struct Addition {
  const float *rows, *weights;
  int count;
  float* to;
};

// Does additions by pieces of their rows, from `at` on, which stay in the cache from one to the next; the
// sums of a piece are in registers.
template <int vectors = 8, class AdditionOf>
void addRows(int padded, int additions, AdditionOf additionOf, int at = 0) {
  for (; at + vectors * lanes <= padded; at += vectors * lanes) {
    for (int i = 0; i < additions; i++) {
      const Addition one = additionOf(i);
      addPiece<vectors>(one.rows + at, padded, one.weights, one.count, one.to + at);
    }
  }
  if constexpr (vectors > 1) addRows<vectors / 2>(padded, additions, additionOf, at);
}

}  // namespace

Attention::Attention(const LookBack& look, int time, int batch, int width)
    : look_(look),
      time_(time),
      batch_(batch),
      width_(width),
      padded_(wholeVectors(width)),
      mostSeen_(wholeVectors(std::min(look.span, look.back + time))),
      average_(takeScratch(ptrdiff_t(time) * batch * width)),
      weights_(takeScratch(ptrdiff_t(batch) * time * mostSeen_)),
      kernelGradients_(takeScratch(ptrdiff_t(batch) * width)) {}

size_t Attention::space() const {
  return (size_t(positions()) + 2 * size_t(time_) + 2) * padded_ + size_t(time_) * time_ + positions() +
         mostSeen_;
}

// Divides `space`, and puts the kernel there.
Attention::Workplace Attention::workplace(float* space) const {
  const auto take = [&](ptrdiff_t count) {
    space += count;
    return space - count;
  };
  const ptrdiff_t rows = ptrdiff_t(time_) * padded_;
  const Workplace own{
      take(ptrdiff_t(positions()) * padded_), take(rows),        take(rows),     take(padded_), take(padded_),
      take(ptrdiff_t(time_) * time_),         take(positions()), take(mostSeen_)};
  std::fill_n(own.all, ptrdiff_t(positions()) * padded_, 0.0f);
  std::fill_n(own.averages, rows, 0.0f);
  std::fill_n(own.kernel, padded_, 0.0f);
  std::copy_n(look_.kernel, width_, own.kernel);
  return own;
}

// All positions of a row of the batch, those that are remembered first, in whole vectors.
void Attention::gather(const Joined& features, int row, float* all) const {
  for (int i = 0; i < look_.back; i++, all += padded_)
    std::copy_n(look_.memory + (ptrdiff_t(row) * look_.back + i) * width_, width_, all);
  for (int step = 0; step < time_; step++, all += padded_) copyFeatures(features, step, row, all);
}

// Turns the scores of all positions into the weights of each window: 0 for what is before the beginning.
void Attention::weigh(int row, float* scores) const {
  for (int i = 0; i < look_.back; i++)
    if (look_.present[ptrdiff_t(row) * look_.back + i] == 0) scores[i] = -INFINITY;
  for (int step = 0; step < time_; step++) {
    const int length = seen(step);
    const float* own = scores + from(step);
    float* to = weights(row, step);
    const float highest = highestOf(length, own);
    Vector totals{};
    forEachVector(length, [&](auto at) {
      const Vector power = exponential(atLeast(at.load(own) - highest, -87.0f));
      at.store(to, at.load(own) == broadcast(-INFINITY) ? Vector{} : power);
      totals += at.load(to);
    });
    const float factor = 1 / sum(totals);
    forEachVector(length, [&](auto at) { at.store(to, at.load(to) * factor); });
  }
}

void Attention::forward(const Joined& features, Range mine, float* space) {
  const Workplace own = workplace(space);
  for (int row = mine.from; row < mine.to; row++) {
    gather(features, row, own.all);
    allDots(own.kernel, own.all, padded_, positions(), own.scores);
    weigh(row, own.scores);
    std::fill_n(own.averages, ptrdiff_t(time_) * padded_, 0.0f);
    addRows(padded_, time_, [&](int step) -> Addition {
      return {own.all + ptrdiff_t(from(step)) * padded_, weights(row, step), seen(step),
              own.averages + ptrdiff_t(step) * padded_};
    });
    for (int step = 0; step < time_; step++)
      std::copy_n(own.averages + ptrdiff_t(step) * padded_, width_, average_ + at(step, row));
  }
}

void Attention::backward(const Joined& features, Range mine, float* gradients, float* space) {
  const Workplace own = workplace(space);
  for (int row = mine.from; row < mine.to; row++) {
    gather(features, row, own.all);
    for (int step = 0; step < time_; step++)
      std::copy_n(gradients + at(step, row) * 2 + width_, width_, own.averages + ptrdiff_t(step) * padded_);
    backThroughWeights(row, own);
    backThroughAverages(own);
    float* byKernel = kernelGradients_ + ptrdiff_t(row) * width_;
    std::fill_n(own.sums, padded_, 0.0f);
    addRows(padded_, 1, [&](int) -> Addition { return {own.all, own.scores, positions(), own.sums}; });
    std::copy_n(own.sums, width_, byKernel);
    for (int step = 0; step < time_; step++)
      addTo(gradients + at(step, row) * 2, width_, own.byFeatures + ptrdiff_t(step) * padded_);
  }
}

// Turns the gradients by averages into those by scores, of all positions.
void Attention::backThroughWeights(int row, const Workplace& own) const {
  std::fill_n(own.scores, positions(), 0.0f);
  std::fill_n(own.seenBy, ptrdiff_t(time_) * time_, 0.0f);
  for (int step = 0; step < time_; step++) {
    const float *average = own.averages + ptrdiff_t(step) * padded_, *given = weights(row, step);
    const int first = from(step), count = seen(step);
    float mean = 0;
    allDots(average, own.all + ptrdiff_t(first) * padded_, padded_, count, own.byWeights);
    for (int i = 0; i < count; i++) mean += given[i] * own.byWeights[i];
    for (int i = 0; i < count; i++) {
      own.scores[first + i] += given[i] * (own.byWeights[i] - mean);
      if (first + i >= look_.back) own.seenBy[ptrdiff_t(first + i - look_.back) * time_ + step] = given[i];
    }
  }
}

// Fills the gradients by features: what flows through the averages that they are in, and through their
// scores.
void Attention::backThroughAverages(const Workplace& own) const {
  for (int step = 0; step < time_; step++) {
    float* to = own.byFeatures + ptrdiff_t(step) * padded_;
    const float score = own.scores[look_.back + step];
    for (int i = 0; i < padded_; i += lanes) store(to + i, score * load(own.kernel + i));
  }
  addRows(padded_, time_, [&](int step) -> Addition {
    const int last = std::min(time_, step + std::min(look_.span, time_));
    return {own.averages + ptrdiff_t(step) * padded_, own.seenBy + ptrdiff_t(step) * time_ + step,
            last - step, own.byFeatures + ptrdiff_t(step) * padded_};
  });
}

void Attention::kernelGradient(float* gradient) const {
  std::fill_n(gradient, width_, 0.0f);
  for (int row = 0; row < batch_; row++) addTo(gradient, width_, kernelGradients_ + ptrdiff_t(row) * width_);
}

void Attention::remember(const Joined& features, Range mine, float* memory, float* present) const {
  const int first = positions() - kept();
  for (int row = mine.from; row < mine.to; row++) {
    float* to = memory + ptrdiff_t(row) * kept() * width_;
    for (int i = first; i < positions(); i++, to += width_) {
      const ptrdiff_t before = ptrdiff_t(row) * look_.back + i;
      present[ptrdiff_t(row) * kept() + i - first] = i < look_.back ? look_.present[before] : 1;
      if (i < look_.back)
        std::copy_n(look_.memory + before * width_, width_, to);
      else
        copyFeatures(features, i - look_.back, row, to);
    }
  }
}

void Attention::copyFeatures(const Joined& features, int step, int row, float* to) const {
  for (const Part& part : features) {
    std::copy_n(part.rows + (ptrdiff_t(step) * batch_ + row) * part.width, part.width, to);
    to += part.width;
  }
}

}  // namespace palimpsest
