#include "product.h"

#include "../machine/scratch.h"

namespace palimpsest {
namespace {

// So many rows that they stay in the second cache while the panels pass by.
constexpr ptrdiff_t rowsAtOnce(ptrdiff_t elements) {
  return std::max<ptrdiff_t>(1, 131072 / std::max<ptrdiff_t>(elements, 1) / 32) * 32;
}

// Copies rows into blocks of blockDepth elements: [block][row][rowStep].
template <class Kernel>
void copyRows(const Joined& from, ptrdiff_t first, int rows, typename Kernel::Element* to) {
  constexpr int blockTerms = blockDepth * Kernel::terms;
  int column = 0;
  const auto put = [&](const float* source, ptrdiff_t stride, int length) {
    auto* block = to + ptrdiff_t(column / blockTerms) * rows * rowStep;
    for (ptrdiff_t r = 0; r < rows; r++)
      Kernel::put(source + r * stride, length, block + r * rowStep, column % blockTerms);
    column += length;
  };
  for (const Part& part : from) {
    for (int copied = 0; copied < part.width;) {
      const int length = std::min(part.width - copied, blockTerms - column % blockTerms);
      put(part.rows + first * part.width + copied, part.width, length);
      copied += length;
    }
  }
  const int missing = elementsOf<Kernel>(column) * Kernel::terms - column;
  if (missing > 0) put(zeros, 0, missing);
}

// Fills rows of a panel of the result with what they are looked up to be.
void lookUp(const Base& base, int first, int rows, int column, int width, ptrdiff_t tableStride,
            float* result, ptrdiff_t stride) {
  const float* bias = base.bias + column;
  for (ptrdiff_t r = 0; r < rows; r++) {
    const float* found = base.table + base.ids[first + r] * tableStride + column;
    forEachVector(width, [&](auto at) { at.store(result + r * stride, at.load(found) + at.load(bias)); });
  }
}

template <class Kernel>
void packTransposedWith(const Panels& panels, const Stacked& source, Range columns) {
  constexpr int atOnce = 16;  // elements of each row: a cache line or two
  const int depth = elementsOf<Kernel>(panels.depth);
  for (int column = columns.from; column < columns.to; column += tileColumns) {
    for (int start = 0; start < depth; start += atOnce) {
      auto* to = reinterpret_cast<typename Kernel::Element*>(panels.data) + ptrdiff_t(column) * depth;
      for (int j = 0; j < tileColumns; j++) {
        const float* row = column + j < panels.columns ? source.row(column + j, panels.depth) : nullptr;
        for (int k = start; k < std::min(depth, start + atOnce); k++) {
          const int first = k * Kernel::terms, second = first + Kernel::terms - 1;
          const auto number = [&](int index) { return row && index < panels.depth ? row[index] : 0; };
          to[k * tileColumns + j] = Kernel::element(number(first), number(second));
        }
      }
    }
  }
}

template <class Kernel>
void productWith(const Base& base, const Joined& left, int rows, const Panels& right, float* result,
                 ptrdiff_t stride, float* space) {
  using Element = typename Kernel::Element;
  [[maybe_unused]] const typename Kernel::Use use;
  const int depth = elementsOf<Kernel>(right.depth), most = int(rowsAtOnce(depth));
  const Element* panels = reinterpret_cast<const Element*>(right.data);
  Element* blocks = reinterpret_cast<Element*>(space);
  for (int first = 0; first < rows; first += most) {
    const int count = std::min(most, rows - first), tiles = ceilingOf(count, Kernel::tileRows);
    copyRows<Kernel>(left, first, count, blocks);
    for (int column = 0; column < right.columns; column += tileColumns) {
      const int width = std::min(tileColumns, right.columns - column);
      float* to = result + first * stride + column;
      Start start{base.bias ? base.bias + column : zeros, 0};
      if (base.table) {
        lookUp(base, first, count, column, width, right.columns, to, stride);
        start = {to, stride};
      }
      for (int k = 0; k < depth; k += blockDepth, start = {to, stride}) {
        const Element* panel = panels + ptrdiff_t(column) * depth + ptrdiff_t(k) * tileColumns;
        const Element* block = blocks + ptrdiff_t(k / blockDepth) * count * rowStep;
        for (int tile = 0; tile < tiles; tile++) {
          const Range mine = share(count, tile, tiles);
          Kernel::multiply(mine.length(), width, std::min(blockDepth, depth - k), block + mine.from * rowStep,
                           panel, {start.rows + mine.from * start.stride, start.stride},
                           to + mine.from * stride, stride);
        }
      }
    }
  }
}

}  // namespace

Panels Panels::take(bool half, int depth, int columns) {
  const int elements = withKernel(half, [&](auto kernel) { return elementsOf<decltype(kernel)>(depth); });
  return {half, depth, columns,
          takeScratch(size_t(ceilingOf(columns, tileColumns)) * tileColumns * elements)};
}

void Panels::pack(const Stacked& source, int index, int count) const {
  const Range mine = share(columns, index, count, tileColumns);
  withKernel(half, [&](auto kernel) {
    const ptrdiff_t elements = elementsOf<decltype(kernel)>(depth);
    auto* to = reinterpret_cast<typename decltype(kernel)::Element*>(data) + mine.from * elements;
    copyToPanels<decltype(kernel)>(source, columns, {0, depth}, mine, to, elements * tileColumns);
  });
}

void Panels::packTransposed(const Stacked& source, int index, int count) const {
  const Range mine = share(columns, index, count, tileColumns);
  withKernel(half, [&](auto kernel) { packTransposedWith<decltype(kernel)>(*this, source, mine); });
}

size_t productSpace(int rows, int depth) {
  const ptrdiff_t most = std::min<ptrdiff_t>(rows, rowsAtOnce(depth / 2));  // as for elements of two numbers
  return (most * ceilingOf(depth, blockDepth) + rowsReadAfter) * rowStep;
}

void product(const Base& base, const Joined& left, int rows, const Panels& right, float* result,
             ptrdiff_t stride, float* space) {
  withKernel(right.half, [&](auto kernel) {
    productWith<decltype(kernel)>(base, left, rows, right, result, stride, space);
  });
}

}  // namespace palimpsest
