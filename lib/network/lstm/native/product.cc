#include "product.h"

#include "scratch.h"

namespace palimpsest {
namespace {

// Elements of a sum that are multiplied in one go: so many that a tile is seldom read and written, so few that its factors
// stay in the nearest caches. Rows are not a power of two apart, which would put them all into the same part of a cache.
constexpr int blockDepth = 512;
constexpr int rowStep = blockDepth + 16;

int elementsOf(bool half, int depth) { return half ? ceilingOf(depth, HalfPrecision::terms) : depth; }

// So many rows that they stay in the second cache while the panels pass by.
int rowsAtOnce(int depth) { return std::max(2, 131072 / std::max(depth, 1) / tileRows) * tileRows; }

// Copies rows into blocks of blockDepth elements: [block][row][rowStep].
template <class Precision>
void copyRows(const Joined& from, long first, int rows, float* space) {
  constexpr int blockTerms = blockDepth * Precision::terms;
  const float zero = 0;
  int column = 0;
  const auto put = [&](const float* source, long stride, int length) {
    auto* block = reinterpret_cast<typename Precision::Element*>(space) + long(column / blockTerms) * rows * rowStep;
    for (long r = 0; r < rows; r++) Precision::put(source + r * stride, length, block + r * rowStep, column % blockTerms);
    column += length;
  };
  for (const Part& part : from) {
    for (int copied = 0; copied < part.width;) {
      const int length = std::min(part.width - copied, blockTerms - column % blockTerms);
      put(part.rows + first * part.width + copied, part.width, length);
      copied += length;
    }
  }
  if (column % Precision::terms) put(&zero, 0, 1);
}

// Fills rows of a panel of the result with what they are looked up to be.
void lookUp(const Base& base, int first, int rows, int column, int width, long tableStride, float* result, long stride) {
  for (long r = 0; r < rows; r++) {
    const float* found = base.table + base.ids[first + r] * tableStride + column;
    forEachVector(width, [&](auto at) { at.store(result + r * stride, at.load(found) + at.load(base.bias + column)); });
  }
}

template <class Precision>
void packIn(const Panels& panels, const Stacked& source, Range columns) {
  auto* to = reinterpret_cast<typename Precision::Element*>(panels.data);
  const long depth = ceilingOf(panels.depth, Precision::terms);
  copyColumns<Precision, tileColumns>(source, panels.columns, {0, panels.depth}, columns, to + columns.from * depth, depth * tileColumns);
}

template <class Precision>
void packTransposedIn(const Panels& panels, const Stacked& source, Range columns) {
  constexpr int atOnce = 16;  // elements of each row, a cache line or two
  const int depth = ceilingOf(panels.depth, Precision::terms);
  for (int column = columns.from; column < columns.to; column += tileColumns) {
    for (int start = 0; start < depth; start += atOnce) {
      auto* to = reinterpret_cast<typename Precision::Element*>(panels.data) + long(column) * depth;
      for (int j = 0; j < tileColumns; j++) {
        const float* row = column + j < panels.columns ? source.row(column + j, panels.depth) : nullptr;
        for (int k = start; k < std::min(depth, start + atOnce); k++) {
          const int first = k * Precision::terms, second = first + Precision::terms - 1;
          to[k * tileColumns + j] = row ? Precision::element(row[first], second < panels.depth ? row[second] : 0) : 0;
        }
      }
    }
  }
}

template <class Precision>
void productIn(const Base& base, const Joined& left, int rows, const Panels& right, float* result, long stride, float* space) {
  const int depth = ceilingOf(right.depth, Precision::terms), most = rowsAtOnce(depth);
  const auto* panels = reinterpret_cast<const typename Precision::Element*>(right.data);
  const auto* blocks = reinterpret_cast<const typename Precision::Element*>(space);
  for (int first = 0; first < rows; first += most) {
    const int count = std::min(most, rows - first), tiles = ceilingOf(count, tileRows);
    copyRows<Precision>(left, first, count, space);
    for (int column = 0; column < right.columns; column += tileColumns) {
      const int width = std::min(tileColumns, right.columns - column);
      float* to = result + first * stride + column;
      Start start{base.bias ? base.bias + column : zeros, 0};
      if (base.table) {
        lookUp(base, first, count, column, width, right.columns, to, stride);
        start = {to, stride};
      }
      for (int k = 0; k < depth; k += blockDepth, start = {to, stride}) {
        const auto* panel = panels + long(column) * depth + long(k) * tileColumns;
        const auto* block = blocks + long(k / blockDepth) * count * rowStep;
        for (int tile = 0; tile < tiles; tile++) {
          const Range mine = share(count, tile, tiles);
          multiply<Precision, rowStep, 1>(mine.length(), width, std::min(blockDepth, depth - k), block + mine.from * rowStep, panel,
                                          {start.rows + mine.from * start.stride, start.stride}, to + mine.from * stride, stride);
        }
      }
    }
  }
}

}  // namespace

Panels Panels::take(bool half, int depth, int columns) {
  return {half, depth, columns, takeScratch(size_t(ceilingOf(columns, tileColumns)) * tileColumns * elementsOf(half, depth))};
}

void Panels::pack(const Stacked& source, int index, int count) const {
  const Range mine = share(columns, index, count, tileColumns);
  half ? packIn<HalfPrecision>(*this, source, mine) : packIn<SinglePrecision>(*this, source, mine);
}

void Panels::packTransposed(const Stacked& source, int index, int count) const {
  const Range mine = share(columns, index, count, tileColumns);
  half ? packTransposedIn<HalfPrecision>(*this, source, mine) : packTransposedIn<SinglePrecision>(*this, source, mine);
}

size_t productSpace(int rows, int depth) {
  return size_t(std::min(rows, rowsAtOnce(depth / HalfPrecision::terms))) * ceilingOf(depth, blockDepth) * rowStep;
}

void product(const Base& base, const Joined& left, int rows, const Panels& right, float* result, long stride, float* space) {
  right.half ? productIn<HalfPrecision>(base, left, rows, right, result, stride, space)
             : productIn<SinglePrecision>(base, left, rows, right, result, stride, space);
}

}  // namespace palimpsest
