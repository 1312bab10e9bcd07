#include "product.h"

#include "scratch.h"

namespace palimpsest {
namespace {

// Terms that are summed in one go: so many that a tile is seldom read and written, so few that its factors stay in the
// nearest caches. Rows are not a power of two apart, which would put them all into the same part of a cache.
constexpr int blockDepth = 512;
constexpr int rowStep = blockDepth + 16;

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

// Fills rows of a panel of the result with what they are looked up to be.
void lookUp(const Base& base, int first, int rows, int column, int width, long tableStride, float* result, long stride) {
  for (long r = 0; r < rows; r++) {
    const float* found = base.table + base.ids[first + r] * tableStride + column;
    forEachVector(width, [&](auto at) { at.store(result + r * stride, at.load(found) + at.load(base.bias + column)); });
  }
}

}  // namespace

Panels Panels::take(int depth, int columns) {
  return {takeScratch(size_t(ceilingOf(columns, tileColumns)) * tileColumns * depth), depth, columns};
}

void Panels::pack(const Stacked& source, int index, int count) const {
  const Range mine = share(columns, index, count, tileColumns);
  copyColumns<tileColumns>(source, columns, {0, depth}, mine, data + long(mine.from) * depth, long(depth) * tileColumns);
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
      Start start{base.bias ? base.bias + column : zeros, 0};
      if (base.table) {
        lookUp(base, first, count, column, width, right.columns, to, stride);
        start = {to, stride};
      }
      for (int k = 0; k < right.depth; k += blockDepth, start = {to, stride}) {
        const int depth = std::min(blockDepth, right.depth - k);
        const float* panel = right.data + long(column) * right.depth + long(k) * tileColumns;
        const float* block = space + long(k / blockDepth) * count * rowStep;
        for (int tile = 0; tile < tiles; tile++) {
          const Range mine = share(count, tile, tiles);
          multiply<rowStep, 1>(mine.length(), width, depth, block + mine.from * rowStep, panel,
                                   {start.rows + mine.from * start.stride, start.stride}, to + mine.from * stride, stride);
        }
      }
    }
  }
}

}  // namespace palimpsest
