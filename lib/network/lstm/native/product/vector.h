// Vectors of floats as wide as the registers of the processor that this is compiled for, written in the
// vector extensions that GCC and Clang share: the same code becomes AVX-512, AVX2, SSE or NEON.
#pragma once
#include <cstdint>
#include <cstring>

namespace palimpsest {

#if defined(__AVX512F__)
constexpr int lanes = 16;
#elif defined(__AVX__)
constexpr int lanes = 8;
#else
constexpr int lanes = 4;
#endif

// Tensors start at any address, so that nothing here may be taken to be aligned.
typedef float Vector __attribute__((vector_size(4 * lanes), aligned(4), may_alias));
typedef int32_t IntVector __attribute__((vector_size(4 * lanes), aligned(4), may_alias));

typedef uint32_t UnsignedVector __attribute__((vector_size(4 * lanes), aligned(4), may_alias));

inline Vector load(const float* from) { return *reinterpret_cast<const Vector*>(from); }
inline void store(float* to, Vector values) { *reinterpret_cast<Vector*>(to) = values; }
inline Vector broadcast(float value) { return value - Vector{}; }

inline float sum(Vector values) {
  float total = 0;
  for (int lane = 0; lane < lanes; lane++) total += values[lane];
  return total;
}

// A place in a row at which a whole vector is read and written.
struct Whole {
  int at;
  Vector load(const float* row) const { return palimpsest::load(row + at); }
  void store(float* row, Vector values) const { palimpsest::store(row + at, values); }
};

// The end of a row that does not fill a vector; the other lanes are zero when read and are not written.
struct Rest {
  int at, count;
  Vector load(const float* row) const {
    Vector values{};
    std::memcpy(&values, row + at, count * sizeof(float));
    return values;
  }
  void store(float* row, Vector values) const { std::memcpy(row + at, &values, count * sizeof(float)); }
};

// Calls `body` with every place of a row of `length` floats.
template <class Body>
inline void forEachVector(int length, Body body) {
  int at = 0;
  for (; at + lanes <= length; at += lanes) body(Whole{at});
  if (at < length) body(Rest{at, length - at});
}

// to[length] += values
inline void addTo(float* to, int length, const float* values) {
  forEachVector(length, [&](auto at) { at.store(to, at.load(to) + at.load(values)); });
}

}  // namespace palimpsest
