// Matrices whose parts lie in different places, and how columns of one are copied to where products read them.
#pragma once
#include <algorithm>
#include <cstring>
#include <vector>

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

// Copies columns of some rows into blocks `width` columns wide, [block][row][width], which begin `blockStep` numbers
// apart. The last one is filled up with zeros. Goes along the rows, as memory is read fastest.
template <int width>
void copyColumns(const Stacked& from, long stride, Range rows, Range columns, float* to, long blockStep) {
  constexpr int ahead = 6;  // rows that are asked for before they are needed
  for (int k = rows.from; k < rows.to; k++, to += width) {
    if (k + ahead < rows.to) {
      const float* later = from.row(k + ahead, stride);
      for (int column = columns.from; column < columns.to; column += 16) __builtin_prefetch(later + column);
    }
    const float* row = from.row(k, stride) + columns.from;
    float* block = to;
    int left = columns.length();
    for (; left >= width; left -= width, row += width, block += blockStep) std::memcpy(block, row, width * sizeof(float));
    if (left <= 0) continue;
    std::copy_n(row, left, block);
    std::fill(block + left, block + width, 0.0f);
  }
}

}  // namespace palimpsest
