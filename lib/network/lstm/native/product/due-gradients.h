// Gradients of weights that wait until all rows are done, when they are made by columns.
#pragma once
#include "product.h"

namespace palimpsest {

struct DueGradients {
  ProductGradients products;
  const float* results;  // the gradients by what was computed: [rows, width]
  int rows, width;
};

// Of a product of rows with a kernel, which lies in parts one below the other, and of its bias.
inline DueGradients dueGradients(const Joined& left, int rows, const float* results, int width, float* kernel,
                                 float* bias) {
  std::vector<Factor> factors;
  for (const Part& part : left) {
    factors.push_back({{part.rows, rows}, part.width, kernel});
    kernel += ptrdiff_t(part.width) * width;
  }
  return {{factors, bias, nullptr, 0, nullptr, false}, results, rows, width};
}

}  // namespace palimpsest
