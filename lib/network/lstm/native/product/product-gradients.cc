#include "product.h"

namespace palimpsest {
namespace {

// Columns that are worked on at once: so many that their panels stay in the second cache.
constexpr int columnsAtOnce = 4 * tileColumns;
constexpr ptrdiff_t panelStep = ptrdiff_t(blockDepth) * tileColumns + 16;

// gradient[:, columns] = leftᵀ · result[:, columns] of the first rows, += of the others, for all factors.
template <class Kernel>
void addFactors(const std::vector<Factor>& factors, const float* result, ptrdiff_t stride, Range rows,
                Range columns, float* space) {
  using Element = typename Kernel::Element;
  [[maybe_unused]] const typename Kernel::Use use;
  const int depth = elementsOf<Kernel>(rows.length());
  Element* const panels = reinterpret_cast<Element*>(space);
  Element* const lefts =
      panels + columnsAtOnce / tileColumns * panelStep;  // of all factors, one after the other
  Element* left = lefts;
  for (const Factor& factor : factors) {
    copyToRows<Kernel>(factor.left, factor.width, rows, left);
    left += ptrdiff_t(factor.width) * rowStep;
  }
  for (int first = columns.from; first < columns.to; first += columnsAtOnce) {
    const Range some{first, std::min(columns.to, first + columnsAtOnce)};
    copyToPanels<Kernel>({result, rows.to}, stride, rows, some, panels, panelStep);
    left = lefts;
    for (const Factor& factor : factors) {
      for (int row = 0; row < factor.width; row += Kernel::tileRows) {
        const int count = std::min(Kernel::tileRows, factor.width - row);
        const Element* panel = panels;
        for (int column = some.from; column < some.to; column += tileColumns, panel += panelStep) {
          float* to = factor.gradient + row * stride + column;
          const Start start = rows.from == 0 ? Start{zeros, 0} : Start{to, stride};
          Kernel::multiply(count, std::min(tileColumns, some.to - column), depth, left, panel, start, to,
                           stride);
        }
        left += ptrdiff_t(count) * rowStep;
      }
    }
  }
}

}  // namespace

size_t productGradientsSpace(const ProductGradients& gradients) {
  ptrdiff_t rows = rowsReadAfter;
  for (const Factor& factor : gradients.factors) rows += factor.width;
  return columnsAtOnce / tileColumns * panelStep + rows * rowStep;
}

void productGradients(const ProductGradients& gradients, const float* result, int rows, ptrdiff_t stride,
                      Range columns, float* space) {
  float* bias = gradients.bias + columns.from;
  const auto looked = [&](ptrdiff_t id) { return gradients.table + id * stride + columns.from; };
  std::fill_n(bias, columns.length(), 0.0f);
  for (int id = 0; id < gradients.tableRows; id++) std::fill_n(looked(id), columns.length(), 0.0f);
  for (const Factor& factor : gradients.factors)
    for (int row = 0; rows == 0 && row < factor.width; row++)
      std::fill_n(factor.gradient + row * stride + columns.from, columns.length(), 0.0f);
  const int rowsAtOnce = blockDepth * (gradients.half ? HalfPrecision::terms : SinglePrecision::terms);
  for (int first = 0; first < rows; first += rowsAtOnce) {
    const Range some{first, std::min(rows, first + rowsAtOnce)};
    withKernel(gradients.half, [&](auto kernel) {
      addFactors<decltype(kernel)>(gradients.factors, result, stride, some, columns, space);
    });
    for (int row = some.from; row < some.to; row++) {
      const float* mine = result + row * stride + columns.from;
      addTo(bias, columns.length(), mine);
      if (gradients.tableRows > 0) addTo(looked(gradients.ids[row]), columns.length(), mine);
    }
  }
}

}  // namespace palimpsest
