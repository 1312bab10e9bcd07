// Products of rows with weights that are packed once for many of them, and their gradients by the weights:
// the greater part of all the work.
//
// Each number of a result is summed in the order of its terms, however many rows or threads there are: any
// number of threads gives the same bits.
#pragma once
#include <cstddef>
#include <cstdint>

#include "kernel.h"
#include "matrix.h"

namespace palimpsest {

// The right factor of a product, [depth, columns], cut into panels as wide as a tile:
// [panel][depth][tileColumns].
struct Panels {
  bool half;  // whether in bfloat16
  int depth, columns;
  float* data;

  static Panels take(bool half, int depth, int columns);  // in scratch memory

  // Fill the panels with [depth, columns] or with the transpose of [columns, depth]; share `index` of
  // `count`.
  void pack(const Stacked& source, int index, int count) const;
  void packTransposed(const Stacked& source, int index, int count) const;
};

// What a product is added to: nothing, a bias, or a bias and rows looked up in a table, [ids, columns].
struct Base {
  const float* bias = nullptr;
  const float* table = nullptr;
  const int32_t* ids = nullptr;
};

// result[rows, columns] = base + left[rows, depth] · right. Rows of `result` lie `stride` apart.
void product(const Base& base, const Joined& left, int rows, const Panels& right, float* result,
             ptrdiff_t stride, float* space);

// How many floats of scratch memory `product` needs as its `space`.
size_t productSpace(int rows, int depth);

// Some rows of the right factor, by which `left` was multiplied, and where their gradient goes.
struct Factor {
  Stacked left;  // [rows, width]
  int width;
  float* gradient;  // [width, columns]
};

// The gradients of a product by everything that is learned.
struct ProductGradients {
  std::vector<Factor> factors;
  float* bias;
  float* table;  // [tableRows, columns]
  int tableRows;
  const int32_t* ids;
  bool half;  // whether the factors are multiplied in bfloat16
};

// Fills some columns of the gradients from those by the result: [rows, stride].
void productGradients(const ProductGradients& gradients, const float* result, int rows, ptrdiff_t stride,
                      Range columns, float* space);

// How many floats of scratch memory `productGradients` needs as its `space`.
size_t productGradientsSpace(const ProductGradients& gradients);

}  // namespace palimpsest
