// Multiplies in bfloat16 with the matrix unit of Intel's processors (AMX): tiles of 16 rows of 64 bytes are
// its registers.
#pragma once
#include "kernel.h"

#if defined(__AMX_BF16__) && defined(__AVX512BF16__) && defined(__linux__)
#define PALIMPSEST_MATRIX_UNIT
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace palimpsest {

struct MatrixUnit : HalfPrecision {
  static constexpr int tileRows = 32;  // 2 × 2 registers of 16 × 16 sums
  static constexpr int grain = 16;

  // Linux lets a process use the unit when it asks.
  static bool allowed() {
    constexpr ptrdiff_t requestPermission = 0x1023, tileData = 18;
    static const bool granted = syscall(SYS_arch_prctl, requestPermission, tileData) == 0;
    return granted;
  }

  // Shapes the registers.
  struct Use {
    Use() {
      struct {
        uint8_t palette = 1, start = 0, reserved[14] = {};
        uint16_t bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
        uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
      } shapes;
      _tile_loadconfig(&shapes);
    }
    ~Use() { _tile_release(); }
  };

  // As in VectorKernel. Reads whole tiles of `left`, whose rows after the last one may have anything.
  static void multiply(int rows, int columns, int depth, const Element* left, const Element* right,
                       Start start, float* result, ptrdiff_t stride) {
    if (rows == tileRows && columns == tileColumns)
      return multiplyTile(depth, left, right, start, result, stride);
    float tile[tileRows * tileColumns] = {};
    for (int r = 0; r < rows; r++)
      std::copy_n(start.rows + r * start.stride, columns, tile + r * tileColumns);
    multiplyTile(depth, left, right, {tile, tileColumns}, tile, tileColumns);
    for (int r = 0; r < rows; r++) std::copy_n(tile + r * tileColumns, columns, result + r * stride);
  }

 private:
  static void multiplyTile(int depth, const Element* left, const Element* right, Start start, float* result,
                           ptrdiff_t stride) {
    constexpr ptrdiff_t leftBytes = rowStep * sizeof(Element), rightBytes = tileColumns * sizeof(Element);
    const ptrdiff_t startBytes = start.stride * sizeof(float), bytes = stride * sizeof(float);
    _tile_loadd(0, start.rows, startBytes);
    _tile_loadd(1, start.rows + 16, startBytes);
    _tile_loadd(2, start.rows + 16 * start.stride, startBytes);
    _tile_loadd(3, start.rows + 16 * start.stride + 16, startBytes);
    for (int k = 0; k < depth; k += grain, left += grain, right += grain * tileColumns) {
      _tile_loadd(4, left, leftBytes);
      _tile_loadd(5, left + 16 * rowStep, leftBytes);
      _tile_loadd(6, right, rightBytes);
      _tile_loadd(7, right + 16, rightBytes);
      _tile_dpbf16ps(0, 4, 6);
      _tile_dpbf16ps(1, 4, 7);
      _tile_dpbf16ps(2, 5, 6);
      _tile_dpbf16ps(3, 5, 7);
    }
    _tile_stored(0, result, bytes);
    _tile_stored(1, result + 16, bytes);
    _tile_stored(2, result + 16 * stride, bytes);
    _tile_stored(3, result + 16 * stride + 16, bytes);
  }
};

}  // namespace palimpsest
#endif
