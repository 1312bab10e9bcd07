#include "product.h"

namespace palimpsest {
namespace {

// Elements of a sum that are multiplied in one go, and columns that are worked on at once: so many that tiles and factors stay in the
// nearest caches. Blocks are not a power of two apart, which would put them all into the same part of a cache.
constexpr int depthAtOnce = 256;
constexpr int columnsAtOnce = 8 * tileColumns;
constexpr int blockStep = depthAtOnce * tileRows + 16;
constexpr int panelStep = depthAtOnce * tileColumns + 16;

long blocksSpace(const Factor& factor) { return long(ceilingOf(factor.width, tileRows)) * blockStep; }

// gradient[:, columns] = leftᵀ · result[:, columns] of the first rows, += of the others, for all factors.
template <class Precision>
void addFactors(const std::vector<Factor>& factors, const float* result, long stride, Range rows, Range columns, float* space) {
  using Element = typename Precision::Element;
  const int depth = ceilingOf(rows.length(), Precision::terms);
  Element* const panels = reinterpret_cast<Element*>(space);
  Element* const blocks = panels + columnsAtOnce / tileColumns * panelStep;
  Element* block = blocks;
  for (const Factor& factor : factors) {
    copyColumns<Precision, tileRows>(factor.left, factor.width, rows, {0, factor.width}, block, blockStep);
    block += blocksSpace(factor);
  }
  for (int first = columns.from; first < columns.to; first += columnsAtOnce) {
    const Range some{first, std::min(columns.to, first + columnsAtOnce)};
    copyColumns<Precision, tileColumns>({result, rows.to}, stride, rows, some, panels, panelStep);
    block = blocks;
    for (const Factor& factor : factors) {
      for (int row = 0; row < factor.width; row += tileRows, block += blockStep) {
        const Element* panel = panels;
        for (int column = some.from; column < some.to; column += tileColumns, panel += panelStep) {
          float* to = factor.gradient + row * stride + column;
          const Start start = rows.from == 0 ? Start{zeros, 0} : Start{to, stride};
          multiply<Precision, 1, tileRows>(std::min(tileRows, factor.width - row), std::min(tileColumns, some.to - column), depth,
                                           block, panel, start, to, stride);
        }
      }
    }
  }
}

}  // namespace

size_t productGradientsSpace(const ProductGradients& gradients) {
  size_t space = columnsAtOnce / tileColumns * panelStep;
  for (const Factor& factor : gradients.factors) space += blocksSpace(factor);
  return space;
}

void productGradients(const ProductGradients& gradients, const float* result, int rows, long stride, Range columns, float* space) {
  float* bias = gradients.bias + columns.from;
  const auto looked = [&](long id) { return gradients.table + id * stride + columns.from; };
  std::fill_n(bias, columns.length(), 0.0f);
  for (int id = 0; id < gradients.tableRows; id++) std::fill_n(looked(id), columns.length(), 0.0f);
  const int rowsAtOnce = depthAtOnce * (gradients.half ? HalfPrecision::terms : SinglePrecision::terms);
  for (int first = 0; first < rows; first += rowsAtOnce) {
    const Range some{first, std::min(rows, first + rowsAtOnce)};
    gradients.half ? addFactors<HalfPrecision>(gradients.factors, result, stride, some, columns, space)
                   : addFactors<SinglePrecision>(gradients.factors, result, stride, some, columns, space);
    for (int row = some.from; row < some.to; row++) {
      const float* mine = result + row * stride + columns.from;
      addTo(bias, columns.length(), mine);
      if (gradients.tableRows > 0) addTo(looked(gradients.ids[row]), columns.length(), mine);
    }
  }
}

}  // namespace palimpsest
