// The heart of all matrix products: a tile of the result that stays in registers while its factors pass by
// (Goto and van de Geijn 2008). The right factor comes in panels as wide as a tile, the left one in rows a
// fixed step apart.
#pragma once
#include <algorithm>

#include "precision.h"

namespace palimpsest {

constexpr int tileColumns = 2 * lanes;

// Elements of a sum that are multiplied in one go: so many that a tile is seldom read and written, so few
// that its factors stay in the nearest caches. Rows are not a power of two apart, which would put them all
// into the same part of a cache.
constexpr int blockDepth = 512;
constexpr int rowStep = blockDepth + 16;

constexpr int ceilingOf(int length, int unit) { return (length + unit - 1) / unit; }

// What the sums of a tile are added to: rows `stride` apart, which may be the result's own, or one row for
// all.
struct Start {
  const float* rows;
  ptrdiff_t stride;
};

constexpr float zeros[tileColumns] = {};

// Multiplies with vectors. Other kernels, such as that of matrix-unit.h, have the same members.
template <class Precision>
struct VectorKernel : Precision {
  using typename Precision::Element;
  using typename Precision::Elements;

  // Rows of a tile: as many as fill the registers, two vectors wide each, and leave room for the factors.
#if defined(__AVX512F__) || defined(__aarch64__)
  static constexpr int tileRows = 12;
#elif defined(__wasm__)
  static constexpr int tileRows = 5;  // 10 sums and what they are made of fit into V8's 15 registers
#else
  static constexpr int tileRows = 6;
#endif
  // Of how many elements the depth of a product has to be a multiple.
  static constexpr int grain = 1;

  // Exists while a thread multiplies.
  struct Use {};

  // result[rows, columns] = start + left[rows, depth] · right[depth, columns], at most tileRows and
  // tileColumns.
  static void multiply(int rows, int columns, int depth, const Element* left, const Element* right,
                       Start start, float* result, ptrdiff_t stride) {
    if (columns == tileColumns) return multiplyRows(rows, depth, left, right, start, result, stride);
    float tile[tileRows * tileColumns] = {};
    for (int r = 0; r < rows; r++)
      std::copy_n(start.rows + r * start.stride, columns, tile + r * tileColumns);
    multiplyRows(rows, depth, left, right, {tile, tileColumns}, tile, tileColumns);
    for (int r = 0; r < rows; r++) std::copy_n(tile + r * tileColumns, columns, result + r * stride);
  }

 private:
  // Finds the number of rows among those that are compiled.
  template <int most = tileRows>
  static void multiplyRows(int rows, int depth, const Element* left, const Element* right, Start start,
                           float* result, ptrdiff_t stride) {
    if constexpr (most > 1) {
      if (rows < most) return multiplyRows<most - 1>(rows, depth, left, right, start, result, stride);
    }
    multiplyTile<most>(depth, left, right, start, result, stride);
  }

  template <int rows>
  inline __attribute__((always_inline)) static void multiplyTile(int depth, const Element* left,
                                                                 const Element* right, Start start,
                                                                 float* result, ptrdiff_t stride) {
    Vector sums[rows][2] = {};
#pragma GCC unroll 12
    for (int r = 0; r < rows; r++) {
      __builtin_prefetch(result + r * stride, 1);
      __builtin_prefetch(result + r * stride + lanes, 1);
    }
    // Distances without a sign are part of an instruction of WebAssembly; others are added before it.
    for (int k = 0; k < depth; k++, left++, right += tileColumns) {
      __builtin_prefetch(right + 16 * tileColumns);
      __builtin_prefetch(right + 16 * tileColumns + lanes);
      const Elements right0 = *reinterpret_cast<const Elements*>(right);
      const Elements right1 = *reinterpret_cast<const Elements*>(right + size_t(lanes));
#pragma GCC unroll 12
      for (int r = 0; r < rows; r++) {
        const Element factor = left[size_t(r) * rowStep];
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
};

}  // namespace palimpsest
