// Weights as writing reads them: a single row is multiplied, so that each character takes as long as it takes
// to read all of them from the first number to the last.
#pragma once
#include <array>

#include "../machine/scratch.h"
#include "../product/matrix.h"

namespace palimpsest {

constexpr int padded(int columns) { return ceilingOf(columns, tileColumns) * tileColumns; }

// What is multiplied: the layer below's hidden state and the layer's own, or the one alone.
using Parts = std::array<Part, 2>;

// result[count × tileColumns] += values · panels, of as many panels at once as have their sums in registers.
template <int count>
void addPanels(const Parts& values, int depth, const float* panels, float* result) {
  Vector sums[count][2] = {};
  for (const Part& part : values) {
    for (int k = 0; k < part.width; k++, panels += tileColumns) {
      const float factor = part.rows[k];
#pragma GCC unroll 4
      for (int i = 0; i < count; i++) {
        const float* panel = panels + ptrdiff_t(i) * depth * tileColumns;
        sums[i][0] += factor * load(panel);
        sums[i][1] += factor * load(panel + size_t(lanes));
      }
    }
  }
  for (int i = 0; i < count; i++, result += tileColumns) {
    store(result, load(result) + sums[i][0]);
    store(result + lanes, load(result + lanes) + sums[i][1]);
  }
}

// Some columns of weights, [depth, columns], in panels.
struct Packed {
  int depth, columns;
  float* panels;

  static Packed take(int depth, int columns) {
    return {depth, columns, takeScratch(size_t(depth) * padded(columns))};
  }
  float* at(int column) const { return panels + ptrdiff_t(column) * depth; }

  // Takes columns from the source's `shift` on. The first of `mine` is the first of a panel, here and below.
  void pack(const Stacked& source, ptrdiff_t stride, int shift, Range mine) const {
    copyToPanels<VectorKernel<SinglePrecision>>(source, stride, {0, depth},
                                                {shift + mine.from, shift + mine.to}, at(mine.from),
                                                ptrdiff_t(depth) * tileColumns);
  }
  // The same of a matrix that is packed as a whole.
  void packAll(const float* source) const { pack({source, depth}, columns, 0, {0, columns}); }

  // Writes whole panels, also where the last one has fewer columns.
  void addProduct(const Parts& values, Range mine, float* result) const {
    int column = mine.from;
    for (; column + 3 * tileColumns < mine.to; column += 4 * tileColumns)
      addPanels<4>(values, depth, at(column), result + column);
    for (; column < mine.to; column += tileColumns) addPanels<1>(values, depth, at(column), result + column);
  }
};

}  // namespace palimpsest
