// The heart of all matrix products: a tile of the result that stays in registers while its factors pass by (Goto and van
// de Geijn 2008). The right factor comes in panels as wide as the tile, the left one in blocks as high.
#pragma once
#include <algorithm>
#include <cstring>

#include "precision.h"

namespace palimpsest {

// A tile fills the registers: two vectors wide, and as many rows as leave room for the factors.
#if defined(__AVX512F__) || defined(__aarch64__)
constexpr int tileRows = 12;
#else
constexpr int tileRows = 6;
#endif
constexpr int tileColumns = 2 * lanes;

constexpr int ceilingOf(int length, int unit) { return (length + unit - 1) / unit; }

// What the sums of a tile are added to: rows `stride` apart, which may be the result's own, or one row for all.
struct Start {
  const float* rows;
  long stride;
};

constexpr float zeros[tileColumns] = {};

// result[rows, tileColumns] = start + left[rows, depth] · right[depth, tileColumns], where left's element of row r and
// depth k is at r · leftRow + k · leftDepth.
template <class Precision, int rows, int leftRow, int leftDepth>
inline __attribute__((always_inline)) void multiplyTile(int depth, const typename Precision::Element* left,
                                                        const typename Precision::Element* right, Start start,
                                                        float* result, long stride) {
  using Elements = typename Precision::Elements;
  Vector sums[rows][2] = {};
#pragma GCC unroll 12
  for (int r = 0; r < rows; r++) {
    __builtin_prefetch(result + r * stride, 1);
    __builtin_prefetch(result + r * stride + lanes, 1);
  }
  for (int k = 0; k < depth; k++, left += leftDepth, right += tileColumns) {
    __builtin_prefetch(right + 16 * tileColumns);
    __builtin_prefetch(right + 16 * tileColumns + lanes);
    const Elements right0 = *reinterpret_cast<const Elements*>(right);
    const Elements right1 = *reinterpret_cast<const Elements*>(right + lanes);
#pragma GCC unroll 12
    for (int r = 0; r < rows; r++) {
      const auto factor = left[r * leftRow];
      sums[r][0] = Precision::multiplyAdd(sums[r][0], factor, right0);
      sums[r][1] = Precision::multiplyAdd(sums[r][1], factor, right1);
    }
  }
#pragma GCC unroll 12
  for (int r = 0; r < rows; r++) {
    store(result + r * stride, load(start.rows + r * start.stride) + sums[r][0]);
    store(result + r * stride + lanes, load(start.rows + r * start.stride + lanes) + sums[r][1]);
  }
}

// The same with a number of rows that is known only now, at most tileRows.
template <class Precision, int leftRow, int leftDepth, int most = tileRows>
void multiplyRows(int rows, int depth, const typename Precision::Element* left, const typename Precision::Element* right,
                  Start start, float* result, long stride) {
  if constexpr (most > 1) {
    if (rows < most)
      return multiplyRows<Precision, leftRow, leftDepth, most - 1>(rows, depth, left, right, start, result, stride);
  }
  multiplyTile<Precision, most, leftRow, leftDepth>(depth, left, right, start, result, stride);
}

// The same with a number of columns that is known only now, at most tileColumns.
template <class Precision, int leftRow, int leftDepth>
void multiply(int rows, int columns, int depth, const typename Precision::Element* left,
              const typename Precision::Element* right, Start start, float* result, long stride) {
  if (columns == tileColumns)
    return multiplyRows<Precision, leftRow, leftDepth>(rows, depth, left, right, start, result, stride);
  float tile[tileRows * tileColumns] = {};
  for (int r = 0; r < rows; r++) std::copy_n(start.rows + r * start.stride, columns, tile + r * tileColumns);
  multiplyRows<Precision, leftRow, leftDepth>(rows, depth, left, right, {tile, tileColumns}, tile, tileColumns);
  for (int r = 0; r < rows; r++) std::copy_n(tile + r * tileColumns, columns, result + r * stride);
}

}  // namespace palimpsest
