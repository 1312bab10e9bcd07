// The two kinds of numbers that products read: single precision, and bfloat16, which has the range of the
// former with 8 bits of precision, takes half the space and, on processors that know it, half the time. Sums
// are in single precision, in which the product of two bfloat16 is exact: processors that do not know it
// multiply the rounded numbers as any others, and get the same up to the order of a sum.
//
// An element is what stands at one place of a factor's depth: a number, or two that follow each other.
#pragma once
#include "vector.h"

#if defined(__AVX512BF16__)
#include <immintrin.h>
#elif defined(__ARM_FEATURE_BF16_VECTOR_ARITHMETIC)
#include <arm_neon.h>
#endif

namespace palimpsest {

struct SinglePrecision {
  using Element = float;
  using Elements = Vector;
  static constexpr int terms = 1;  // numbers in an element

  static Element element(float number, float) { return number; }

  // Writes numbers as those from `at` on of a row of elements.
  static void put(const float* numbers, int length, Element* row, int at) {
    std::memcpy(row + at, numbers, length * sizeof(float));
  }

  static Vector multiplyAdd(Vector sum, Element factor, Elements by) { return sum + factor * by; }
};

// Bits whose upper half is the bfloat16 nearest to a number, the even one of two as near. What is not a
// number is none in bfloat16 either: one of the bits that tell it from infinity is in the upper half then.
inline uint32_t roundedBits(float number) {
  uint32_t bits;
  std::memcpy(&bits, &number, sizeof(bits));
  return number == number ? bits + 0x7fff + (bits >> 16 & 1) : bits | 0x00400000;
}

#if defined(__AVX512BF16__) || defined(__ARM_FEATURE_BF16_VECTOR_ARITHMETIC)

// bfloat16 as the processor multiplies it.
struct HalfPrecision {
  static constexpr bool byProcessor = true;
  using Element = uint32_t;  // two bfloat16, the first in the lower half
  using Elements = UnsignedVector;
  static constexpr int terms = 2;

  static Element element(float first, float second) {
    return roundedBits(first) >> 16 | (roundedBits(second) & 0xffff0000);
  }

  static void put(const float* numbers, int length, Element* row, int at) {
    typedef uint16_t Half __attribute__((may_alias));
    Half* to = reinterpret_cast<Half*>(row) + at;
    for (int i = 0; i < length; i++) to[i] = uint16_t(roundedBits(numbers[i]) >> 16);
  }

#if defined(__AVX512BF16__)
  static Vector multiplyAdd(Vector sum, Element factor, Elements by) {
    const Elements factors = factor + Elements{};
    return _mm512_dpbf16_ps(sum, (__m512bh)factors, (__m512bh)by);
  }
#else
  static Vector multiplyAdd(Vector sum, Element factor, Elements by) {
    return vbfdotq_f32(sum, vreinterpretq_bf16_u32(factor + Elements{}), vreinterpretq_bf16_u32(by));
  }
#endif
};

#else

// bfloat16 in single precision.
struct HalfPrecision : SinglePrecision {
  static constexpr bool byProcessor = false;

  static Element element(float number, float) {
    const uint32_t bits = roundedBits(number) & 0xffff0000;
    std::memcpy(&number, &bits, sizeof(number));
    return number;
  }

  static void put(const float* numbers, int length, Element* row, int at) {
    for (int i = 0; i < length; i++) row[at + i] = element(numbers[i], 0);
  }
};

#endif

}  // namespace palimpsest
