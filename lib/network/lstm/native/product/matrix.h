// Matrices whose parts lie in different places, and how they are copied to where kernels read them.
#pragma once
#include <algorithm>
#include <vector>

#include "../machine/threads.h"
#include "kernels.h"

namespace palimpsest {

// One part below the other.
struct Stacked {
  const float* upper;
  int upperRows;
  const float* lower = nullptr;
  int lowerRows = 0;

  int rows() const { return upperRows + lowerRows; }
  const float* row(int index, ptrdiff_t stride) const {
    return index < upperRows ? upper + index * stride : lower + (index - upperRows) * stride;
  }
};

// Parts side by side.
struct Part {
  const float* rows;
  int width;
};
using Joined = std::vector<Part>;

// The elements of `count` numbers, at most `width`, and of those that follow them in depth; either may be
// missing.
template <class Kernel, int width>
inline void copyElements(const float* first, const float* second, int count, typename Kernel::Element* to) {
  if (count >= width && (second || Kernel::terms == 1)) {
    for (int i = 0; i < width; i++) to[i] = Kernel::element(first[i], Kernel::terms == 1 ? 0 : second[i]);
    return;
  }
  for (int i = 0; i < width; i++)
    to[i] = first && i < count ? Kernel::element(first[i], second ? second[i] : 0) : 0;
}

// Calls `copy(k, first, second)` with the rows of each element k of a depth; those after the last row are
// null. Asks for rows before they are needed.
template <class Kernel, class Copy>
inline void forEachElement(const Stacked& from, ptrdiff_t stride, Range rows, Range columns, Copy copy) {
  constexpr int ahead = 6;
  const auto rowOf = [&](int index) {
    return index < rows.to ? from.row(index, stride) + columns.from : nullptr;
  };
  for (int k = 0, row = rows.from; k < elementsOf<Kernel>(rows.length()); k++, row += Kernel::terms) {
    for (int later = row + ahead; later < std::min(rows.to, row + ahead + Kernel::terms); later++)
      for (int column = 0; column < columns.length(); column += 16) __builtin_prefetch(rowOf(later) + column);
    copy(k, rowOf(row), Kernel::terms == 1 ? nullptr : rowOf(row + 1));
  }
}

// Copies columns of some rows into panels, [panel][element][tileColumns], which begin `panelStep` elements
// apart. The last one is filled up with zeros.
template <class Kernel>
void copyToPanels(const Stacked& from, ptrdiff_t stride, Range rows, Range columns,
                  typename Kernel::Element* to, ptrdiff_t panelStep) {
  forEachElement<Kernel>(from, stride, rows, columns, [&](int k, const float* first, const float* second) {
    auto* panel = to + ptrdiff_t(k) * tileColumns;
    for (int column = 0; column < columns.length(); column += tileColumns, panel += panelStep) {
      copyElements<Kernel, tileColumns>(first ? first + column : nullptr, second ? second + column : nullptr,
                                        columns.length() - column, panel);
    }
  });
}

// Copies some rows of a matrix that is [rows, columns] to be the columns of a left factor: [column][rowStep].
template <class Kernel>
void copyToRows(const Stacked& from, int columns, Range rows, typename Kernel::Element* to) {
  constexpr int square = 16;
  typename Kernel::Element some[square][square];
  const int depth = elementsOf<Kernel>(rows.length());
  for (int k = 0; k < depth; k += square) {
    const int count = std::min(square, depth - k);
    for (int column = 0; column < columns; column += square) {
      const Range part{rows.from + k * Kernel::terms,
                       std::min(rows.to, rows.from + (k + square) * Kernel::terms)};
      for (int i = 0; i < count; i++) {
        const int row = part.from + i * Kernel::terms;
        const float* first = row < part.to ? from.row(row, columns) + column : nullptr;
        const float* second = row + 1 < part.to ? from.row(row + 1, columns) + column : nullptr;
        copyElements<Kernel, square>(first, second, columns - column, some[i]);
      }
      for (int j = 0; j < std::min(square, columns - column); j++)
        for (int i = 0; i < count; i++) to[ptrdiff_t(column + j) * rowStep + k + i] = some[i][j];
    }
  }
}

}  // namespace palimpsest
