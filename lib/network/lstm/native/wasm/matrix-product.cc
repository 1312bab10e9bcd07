// Products of matrices for what of a network is computed in TensorFlow.js' own operations, of which this is
// the one that takes long: native TensorFlow has it, plain JavaScript takes fifty times as long.
#include "matrix-product.h"

#include <algorithm>

#include "../machine/scratch.h"
#include "../product/product.h"

namespace palimpsest {
namespace {

// Fewer multiplications are done before other threads are awake.
constexpr double fewMultiplications = 500000;

struct Sizes {
  ptrdiff_t rows, depth, columns;
};

// What a thread needs to multiply: the right factor in panels, rows of the left one where it comes
// transposed.
struct Workplace {
  Panels panels;
  float *left, *space;
};

Workplace workplace(const Sizes& sizes, bool transposed) {
  return {Panels::take(false, int(sizes.depth), int(sizes.columns)),
          transposed ? takeScratch(sizes.rows * sizes.depth) : nullptr,
          takeScratch(productSpace(int(sizes.rows), int(sizes.depth)))};
}

void pack(const Panels& panels, const float* right, bool transposed, int index, int count) {
  if (transposed)
    panels.packTransposed({right, panels.columns}, index, count);
  else
    panels.pack({right, panels.depth}, index, count);
}

// Some rows of a result.
void multiply(const Sizes& sizes, const Workplace& own, const float* left, bool transposed, Range mine,
              float* result) {
  const float* rows = left + mine.from * sizes.depth;
  if (transposed) {
    for (int row = mine.from; row < mine.to; row++)
      for (ptrdiff_t k = 0; k < sizes.depth; k++)
        own.left[(row - mine.from) * sizes.depth + k] = left[k * sizes.rows + row];
    rows = own.left;
  }
  product({}, {{rows, int(sizes.depth)}}, mine.length(), own.panels, result + mine.from * sizes.columns,
          sizes.columns, own.space);
}

}  // namespace

// left and right, [matrices, rows, columns] each, whether either comes transposed → their products
void matrixProduct(Call& call) {
  const float* left = call.input(0, "left", {-1, -1, -1});
  const int32_t* transposed = call.input<int32_t>(2, "transposed", {2});
  const bool leftTransposed = transposed[0] != 0, rightTransposed = transposed[1] != 0;
  const int matrices = call.dimension(0, 0);
  const Sizes sizes{call.dimension(0, leftTransposed ? 2 : 1), call.dimension(0, leftTransposed ? 1 : 2),
                    call.dimension(1, rightTransposed ? 1 : 2)};
  const float* right = rightTransposed ? call.input(1, "right", {matrices, sizes.columns, sizes.depth})
                                       : call.input(1, "right", {matrices, sizes.depth, sizes.columns});
  if (matrices < 1 || sizes.rows < 1 || sizes.depth < 1 || sizes.columns < 1)
    refuse("Expected matrices with something in them");
  float* result = call.output(0, {matrices, sizes.rows, sizes.columns});

  const bool few = double(matrices) * sizes.rows * sizes.depth * sizes.columns < fewMultiplications;
  const int threads = few ? 1 : threadCount();
  std::vector<Workplace> places;
  for (int i = 0; i < threads; i++) places.push_back(workplace(sizes, leftTransposed));
  if (matrices == 1) {  // shared out by rows, with one packing of the right factor
    for (Workplace& place : places) place.panels = places[0].panels;
    inParallel(threads, [&](int thread) { pack(places[0].panels, right, rightTransposed, thread, threads); });
    inParallel(threads, [&](int thread) {
      const Range mine = share(int(sizes.rows), thread, threads);
      if (mine.length() > 0) multiply(sizes, places[thread], left, leftTransposed, mine, result);
    });
    return;
  }
  inParallel(threads, [&](int thread) {
    const Range mine = share(matrices, thread, threads);
    for (ptrdiff_t i = mine.from; i < mine.to; i++) {
      pack(places[thread].panels, right + i * sizes.depth * sizes.columns, rightTransposed, 0, 1);
      multiply(sizes, places[thread], left + i * sizes.rows * sizes.depth, leftTransposed,
               {0, int(sizes.rows)}, result + i * sizes.rows * sizes.columns);
    }
  });
}

}  // namespace palimpsest
