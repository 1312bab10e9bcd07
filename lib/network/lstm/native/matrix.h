// Matrices whose parts lie in different places, and how columns of one are copied to where products read them.
#pragma once
#include <algorithm>
#include <vector>

#include "precision.h"
#include "threads.h"

namespace palimpsest {

// One part below the other.
struct Stacked {
  const float* upper;
  int upperRows;
  const float* lower = nullptr;
  int lowerRows = 0;

  int rows() const { return upperRows + lowerRows; }
  const float* row(int index, long stride) const {
    return index < upperRows ? upper + index * stride : lower + (index - upperRows) * stride;
  }
};

// Parts side by side.
struct Part {
  const float* rows;
  int width;
};
using Joined = std::vector<Part>;

// The elements of `count` numbers, at most `width`, and of those that follow them in depth, if any.
template <class Precision, int width>
inline void copyElements(const float* first, const float* second, int count, typename Precision::Element* to) {
  if (count >= width && (second || Precision::terms == 1)) {
    for (int i = 0; i < width; i++) to[i] = Precision::element(first[i], Precision::terms == 1 ? 0 : second[i]);
    return;
  }
  for (int i = 0; i < width; i++) to[i] = i < count ? Precision::element(first[i], second ? second[i] : 0) : 0;
}

// Copies columns of some rows into blocks `width` columns wide, [block][row][width], which begin `blockStep` elements
// apart. Rows that share an element lie in one. The last block is filled up with zeros. Goes along the rows, as memory is
// read fastest.
template <class Precision, int width>
void copyColumns(const Stacked& from, long stride, Range rows, Range columns, typename Precision::Element* to, long blockStep) {
  constexpr int ahead = 6;  // rows that are asked for before they are needed
  for (int k = rows.from; k < rows.to; k += Precision::terms, to += width) {
    for (int later = k + ahead; later < std::min(rows.to, k + ahead + Precision::terms); later++)
      for (int column = columns.from; column < columns.to; column += 16) __builtin_prefetch(from.row(later, stride) + column);
    const float* first = from.row(k, stride) + columns.from;
    const bool two = Precision::terms == 2 && k + 1 < rows.to;
    const float* second = two ? from.row(k + 1, stride) + columns.from : nullptr;
    auto* block = to;
    for (int left = columns.length(); left > 0; left -= width, block += blockStep) {
      copyElements<Precision, width>(first, second, left, block);
      first += width;
      second = two ? second + width : nullptr;
    }
  }
}

}  // namespace palimpsest
