#include "row-product.h"

#include "../machine/scratch.h"

namespace palimpsest {
namespace {

using Kernel = VectorKernel<SinglePrecision>;

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

}  // namespace

PackedForRow PackedForRow::take(int depth, int columns) {
  return {depth, columns, takeScratch(size_t(depth) * padded(columns))};
}

void PackedForRow::pack(const Stacked& source, ptrdiff_t stride, int shift, Range mine) const {
  copyToPanels<Kernel>(source, stride, {0, depth}, {shift + mine.from, shift + mine.to}, at(mine.from),
                       ptrdiff_t(depth) * tileColumns);
}

void PackedForRow::addProduct(const Parts& values, Range mine, float* result) const {
  int column = mine.from;
  for (; column + 3 * tileColumns < mine.to; column += 4 * tileColumns)
    addPanels<4>(values, depth, at(column), result + column);
  for (; column < mine.to; column += tileColumns) addPanels<1>(values, depth, at(column), result + column);
}

}  // namespace palimpsest
