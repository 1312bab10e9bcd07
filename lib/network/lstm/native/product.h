// Matrix products, the greater part of all the work: of rows with weights that are packed once for many products, and of
// tall matrices with each other for the gradients of the weights.
//
// At their heart is a tile of the result that stays in registers (Goto and van de Geijn 2008). The left factor is copied
// to where its rows lie a fixed step apart, the right one into panels as wide as the tile. Each number of a result is
// summed in the order of its terms, however many rows or threads there are: any number of threads gives the same bits.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "threads.h"

namespace palimpsest {

// A matrix in two parts that lie in different places, one below the other.
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

// Some columns of a matrix whose parts lie in different places, side by side.
struct Part {
  const float* rows;
  int width;
};
using Joined = std::vector<Part>;

// The right factor of a product, [depth, columns], cut into panels of a few columns: [panel][depth][columns of a panel].
struct Panels {
  float* data;
  int depth, columns;

  static Panels take(int depth, int columns);  // in scratch memory

  // Fill the panels with [depth, columns] or with the transpose of [columns, depth]; share `index` of `count`.
  void pack(const Stacked& source, int index, int count) const;
  void packTransposed(const Stacked& source, int index, int count) const;
};

// What a product is added to: a bias, rows looked up in a table [ids, columns], both or zero.
struct Base {
  const float* bias = nullptr;
  const float* table = nullptr;
  const int32_t* ids = nullptr;
};

// result[rows, columns] = base + left[rows, depth] · right. Rows of `result` lie `stride` apart.
void product(const Base& base, const Joined& left, int rows, const Panels& right, float* result, long stride, float* space);

// How many floats of scratch memory `product` needs as its `space`.
size_t productSpace(int rows, int depth);

// A factor of an outer product and where the result goes.
struct Outer {
  Stacked left;   // [depth, width]
  int width;
  float* result;  // [width, columns of the right factor]
};

// For each of `outers`: result[:, columns] = leftᵀ · right[:, columns], where right is [depth, stride].
void outerProducts(const std::vector<Outer>& outers, const float* right, int depth, long stride, Range columns, float* space);

// How many floats of scratch memory `outerProducts` needs as its `space`.
size_t outerProductsSpace(int columns);

}  // namespace palimpsest
