// Which kernel multiplies.
#pragma once
#include "kernel.h"
#include "matrix-unit.h"

namespace palimpsest {

// Rows that any kernel may read after the last row of a left factor.
constexpr int rowsReadAfter = 32;

// Calls `body` with the kernel for single precision, or with the fastest one for bfloat16.
template <class Body>
auto withKernel(bool half, Body body) {
  if (!half) return body(VectorKernel<SinglePrecision>{});
#if defined(PALIMPSEST_MATRIX_UNIT)
  if (MatrixUnit::allowed()) return body(MatrixUnit{});
#endif
  return body(VectorKernel<HalfPrecision>{});
}

// Elements into which a depth of so many numbers goes.
template <class Kernel>
constexpr int elementsOf(int depth) {
  return ceilingOf(ceilingOf(depth, Kernel::terms), Kernel::grain) * Kernel::grain;
}

}  // namespace palimpsest
