#include "product.h"

#include <algorithm>

#include "scratch.h"
#include "vector.h"

namespace palimpsest {
namespace {

// A tile fills the registers: two vectors wide, and as many rows as leave room for the factors.
#if defined(__AVX512F__) || defined(__aarch64__)
constexpr int tileRows = 12;
#else
constexpr int tileRows = 6;
#endif
constexpr int tileColumns = 2 * lanes;

// Terms that are summed in one go: so many that a tile is seldom read and written, so few that its factors stay in the
// nearest caches.
constexpr int blockDepth = 512;
constexpr int rowStep = blockDepth + 16;  // not a power of two, which would fill only some sets of the cache
constexpr int outerDepth = 256;

int ceilingOf(int length, int unit) { return (length + unit - 1) / unit; }

// result[rows, tileColumns] += left[rows, depth] · right[depth, tileColumns], where left's number of row r and depth k
// is at r · leftRow + k · leftDepth.
template <int rows, int leftRow, int leftDepth>
inline __attribute__((always_inline)) void addTile(int depth, const float* left, const float* right, float* result, long stride) {
  Vector sums[rows][2];
#pragma GCC unroll 12
  for (int r = 0; r < rows; r++) {
    sums[r][0] = load(result + r * stride);
    sums[r][1] = load(result + r * stride + lanes);
  }
  for (int k = 0; k < depth; k++, left += leftDepth, right += tileColumns) {
    __builtin_prefetch(right + 16 * tileColumns);
    __builtin_prefetch(right + 16 * tileColumns + lanes);
    const Vector right0 = load(right), right1 = load(right + lanes);
#pragma GCC unroll 12
    for (int r = 0; r < rows; r++) {
      const float factor = left[r * leftRow];
      sums[r][0] += factor * right0;
      sums[r][1] += factor * right1;
    }
  }
#pragma GCC unroll 12
  for (int r = 0; r < rows; r++) {
    store(result + r * stride, sums[r][0]);
    store(result + r * stride + lanes, sums[r][1]);
  }
}

// The same with the number of rows known only now: at most tileRows.
template <int leftRow, int leftDepth, int most = tileRows>
void addRows(int rows, int depth, const float* left, const float* right, float* result, long stride) {
  if constexpr (most > 1) {
    if (rows < most) return addRows<leftRow, leftDepth, most - 1>(rows, depth, left, right, result, stride);
  }
  addTile<most, leftRow, leftDepth>(depth, left, right, result, stride);
}

// The same where the result has fewer columns than the tile.
template <int leftRow, int leftDepth>
void addTo(float* result, long stride, int rows, int columns, int depth, const float* left, const float* right) {
  if (columns >= tileColumns) return addRows<leftRow, leftDepth>(rows, depth, left, right, result, stride);
  float tile[tileRows * tileColumns] = {};
  for (int r = 0; r < rows; r++) std::copy_n(result + r * stride, columns, tile + r * tileColumns);
  addRows<leftRow, leftDepth>(rows, depth, left, right, tile, tileColumns);
  for (int r = 0; r < rows; r++) std::copy_n(tile + r * tileColumns, columns, result + r * stride);
}

// So many rows that they stay in the second cache while the panels pass by.
int rowsAtOnce(int depth) { return std::max(2, 131072 / std::max(depth, 1) / tileRows) * tileRows; }

// Copies rows into blocks of blockDepth columns: [block][row][rowStep].
void copyRows(const Joined& from, long first, int rows, float* to) {
  int column = 0;
  for (const Part& part : from) {
    for (int copied = 0; copied < part.width;) {
      const int at = column % blockDepth, length = std::min(part.width - copied, blockDepth - at);
      float* block = to + long(column / blockDepth) * rows * rowStep + at;
      for (long r = 0; r < rows; r++) std::copy_n(part.rows + (first + r) * part.width + copied, length, block + r * rowStep);
      copied += length;
      column += length;
    }
  }
}

void begin(const Base& base, int first, int rows, int column, int width, long tableStride, float* result, long stride) {
  for (int r = 0; r < rows; r++) {
    float* row = result + r * stride;
    const float* looked = base.table ? base.table + base.ids[first + r] * tableStride + column : nullptr;
    const float* bias = base.bias ? base.bias + column : nullptr;
    forEachVector(width, [&](auto at) {
      Vector start{};
      if (bias) start += at.load(bias);
      if (looked) start += at.load(looked);
      at.store(row, start);
    });
  }
}

}  // namespace

Panels Panels::take(int depth, int columns) {
  return {takeScratch(size_t(ceilingOf(columns, tileColumns)) * tileColumns * depth), depth, columns};
}

void Panels::pack(const Stacked& source, int index, int count) const {
  const Range mine = share(columns, index, count, tileColumns);
  for (int column = mine.from; column < mine.to; column += tileColumns) {
    float* to = data + long(column) * depth;
    const int width = std::min(tileColumns, columns - column);
    for (int k = 0; k < depth; k++, to += tileColumns) {
      std::copy_n(source.row(k, columns) + column, width, to);
      std::fill(to + width, to + tileColumns, 0.0f);
    }
  }
}

void Panels::packTransposed(const Stacked& source, int index, int count) const {
  constexpr int lengthAtOnce = 16;  // a cache line of each row
  const Range mine = share(columns, index, count, tileColumns);
  for (int column = mine.from; column < mine.to; column += tileColumns) {
    for (int start = 0; start < depth; start += lengthAtOnce) {
      float* to = data + long(column) * depth + long(start) * tileColumns;
      const int length = std::min(lengthAtOnce, depth - start);
      for (int j = 0; j < tileColumns; j++) {
        const float* from = column + j < columns ? source.row(column + j, depth) + start : nullptr;
        for (int k = 0; k < length; k++) to[k * tileColumns + j] = from ? from[k] : 0.0f;
      }
    }
  }
}

size_t productSpace(int rows, int depth) {
  return size_t(std::min(rows, rowsAtOnce(depth))) * ceilingOf(depth, blockDepth) * rowStep;
}

void product(const Base& base, const Joined& left, int rows, const Panels& right, float* result, long stride, float* space) {
  const int most = rowsAtOnce(right.depth);
  for (int first = 0; first < rows; first += most) {
    const int count = std::min(most, rows - first), tiles = ceilingOf(count, tileRows);
    copyRows(left, first, count, space);
    for (int column = 0; column < right.columns; column += tileColumns) {
      const int width = std::min(tileColumns, right.columns - column);
      float* to = result + first * stride + column;
      begin(base, first, count, column, width, right.columns, to, stride);
      for (int k = 0; k < right.depth; k += blockDepth) {
        const int depth = std::min(blockDepth, right.depth - k);
        const float* panel = right.data + long(column) * right.depth + long(k) * tileColumns;
        const float* block = space + long(k / blockDepth) * count * rowStep;
        for (int tile = 0; tile < tiles; tile++) {
          const Range mine = share(count, tile, tiles);
          addTo<rowStep, 1>(to + mine.from * stride, stride, mine.length(), width, depth, block + mine.from * rowStep, panel);
        }
      }
    }
  }
}

size_t outerProductsSpace(int columns) {
  return size_t(ceilingOf(columns, tileColumns) * tileColumns + tileRows) * outerDepth;
}

void outerProducts(const std::vector<Outer>& outers, const float* right, int depth, long stride, Range columns, float* space) {
  float* panels = space + tileRows * outerDepth;
  for (int start = 0; start < depth; start += outerDepth) {
    const int length = std::min(outerDepth, depth - start);
    for (int column = columns.from; column < columns.to; column += tileColumns) {
      const int width = std::min(tileColumns, columns.to - column);
      float* to = panels + long(column - columns.from) * outerDepth;
      for (int k = 0; k < length; k++, to += tileColumns) {
        std::copy_n(right + (start + k) * stride + column, width, to);
        std::fill(to + width, to + tileColumns, 0.0f);
      }
    }
    for (const Outer& outer : outers) {
      for (int row = 0; row < outer.width; row += tileRows) {
        const int rows = std::min(tileRows, outer.width - row);
        for (int k = 0; k < length; k++) std::copy_n(outer.left.row(start + k, outer.width) + row, rows, space + k * tileRows);
        for (int column = columns.from; column < columns.to; column += tileColumns) {
          const int width = std::min(tileColumns, columns.to - column);
          float* result = outer.result + row * stride + column;
          if (start == 0)
            for (int r = 0; r < rows; r++) std::fill_n(result + r * stride, width, 0.0f);
          addTo<1, tileRows>(result, stride, rows, width, length, space, panels + long(column - columns.from) * outerDepth);
        }
      }
    }
  }
}

}  // namespace palimpsest
