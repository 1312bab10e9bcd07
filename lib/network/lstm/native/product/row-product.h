// A single row times weights, as in writing: what takes time is to read the weights, so that they are packed
// to be read from the first number to the last.
#pragma once
#include <array>

#include "matrix.h"

namespace palimpsest {

// So many columns as whole panels have.
constexpr int padded(int columns) { return ceilingOf(columns, tileColumns) * tileColumns; }

// What is multiplied: one part, or two side by side.
using Parts = std::array<Part, 2>;

// Some columns of weights, [depth, columns], in panels.
struct PackedForRow {
  int depth, columns;
  float* panels;

  static PackedForRow take(int depth, int columns);  // in scratch memory

  // Takes columns from the source's `shift` on. The first of `mine` is the first of a panel, here and below.
  void pack(const Stacked& source, ptrdiff_t stride, int shift, Range mine) const;
  // The same of a matrix that is packed as a whole.
  void packAll(const float* source) const { pack({source, depth}, columns, 0, {0, columns}); }

  // result[mine] += values · weights. Writes whole panels, also where the last one has fewer columns.
  void addProduct(const Parts& values, Range mine, float* result) const;

 private:
  float* at(int column) const { return panels + ptrdiff_t(column) * depth; }
};

}  // namespace palimpsest
