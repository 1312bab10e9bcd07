// The exponential function and the two squashing functions of an LSTM, a vector at a time, exact to a few
// units in the last place.
#pragma once
#include "product/vector.h"

namespace palimpsest {

// A value that is not a number stays so: it is below no bound.
inline Vector atLeast(Vector values, float least) {
  const Vector bound = broadcast(least);
  return values < bound ? bound : values;
}

// Values between -bound and bound, numbers all of them: a bound stands for what is none, which `numbersOf`
// tells.
inline Vector within(Vector values, float bound) {
  const Vector least = broadcast(-bound), most = broadcast(bound);
  values = values > least ? values : least;
  return values < most ? values : most;
}

// `numbers` where `values` are numbers, and what is none of these.
inline Vector numbersOf(Vector values, Vector numbers) { return values == values ? numbers : values; }

// e^x for x from -87 to 88, and no number of none: 2^n · e^r with n the nearest whole number to x / ln 2; e^r
// by the polynomial of Cephes' expf.
inline Vector exponential(Vector x) {
  const Vector shift = broadcast(12582912.0f);  // 1.5 · 2^23: adding it leaves no bits for a fraction
  const Vector shifted = x * 1.44269504f + shift;
  const Vector n = shifted - shift;
  const Vector r = (x - n * 0.693359375f) + n * 2.12194440e-4f;  // ln 2 in two parts
  Vector p = broadcast(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + (r + 1.0f);
  const UnsignedVector power = (reinterpret_cast<const UnsignedVector&>(shifted) << 23) + (127u << 23);
  return p * reinterpret_cast<const Vector&>(power);
}

// The squashing functions are fractions, because a division takes as long as a dozen multiplications, and
// four fractions can share one. Denominators are numbers whatever is squashed; where that is not a number,
// the numerator says so, and only this one of four fractions.
struct Fraction {
  Vector numerator, denominator;
};

inline Vector quotient(const Fraction& fraction) { return fraction.numerator / fraction.denominator; }

struct Quotients {
  Vector first, second, third, fourth;
};
inline Quotients quotients(const Fraction (&of)[4]) {
  const Vector front = of[0].denominator * of[1].denominator, back = of[2].denominator * of[3].denominator;
  const Vector inverse = 1.0f / (front * back);
  const Vector inverseFront = inverse * back, inverseBack = inverse * front;
  return {of[0].numerator * (inverseFront * of[1].denominator),
          of[1].numerator * (inverseFront * of[0].denominator),
          of[2].numerator * (inverseBack * of[3].denominator),
          of[3].numerator * (inverseBack * of[2].denominator)};
}

// 1 / (1 + e^-x). Above 20 it is 1 in single precision; below -20, where it is 2e-9, it stays there, so that
// a product of three denominators is finite.
inline Fraction sigmoid(Vector x) {
  return {numbersOf(x, broadcast(1.0f)), 1.0f + exponential(-within(x, 20.0f))};
}

// A rational function, odd over even (the one in Eigen); beyond ±7.9 the result is ±1 in single precision.
inline Fraction tanh(Vector given) {
  const Vector x = within(given, 7.90531110763549805f);
  const Vector square = x * x;
  Vector odd = broadcast(-2.76076847742355e-16f);
  odd = odd * square + 2.00018790482477e-13f;
  odd = odd * square + -8.60467152213735e-11f;
  odd = odd * square + 5.12229709037114e-08f;
  odd = odd * square + 1.48572235717979e-05f;
  odd = odd * square + 6.37261928875436e-04f;
  odd = odd * square + 4.89352455891786e-03f;
  Vector even = broadcast(1.19825839466702e-06f);
  even = even * square + 1.18534705686654e-04f;
  even = even * square + 2.26843463243900e-03f;
  even = even * square + 4.89352518554385e-03f;
  return {numbersOf(given, x) * odd, even};
}

}  // namespace palimpsest
