// Dropout (Srivastava et al. 2014): which outputs of a layer are silenced in a step. Nothing is drawn and
// nothing stored: whether a number is dropped is a hash of its place and of the step's key, the same on the
// way there and back.
#pragma once
#include <vector>

#include "product/vector.h"

namespace palimpsest {

// The finaliser of MurmurHash3 (Appleby, public domain): spreads each bit over all 32.
inline UnsignedVector mix(UnsignedVector bits) {
  bits = (bits ^ (bits >> 16)) * 0x85ebca6b;
  bits = (bits ^ (bits >> 13)) * 0xc2b2ae35;
  return bits ^ (bits >> 16);
}

struct Dropout {
  float rate;                  // from 0, which drops nothing, to below 1
  std::vector<uint32_t> keys;  // of each layer

  // to[length] = values times zero or the scale by which the mean stays. `place` is that of the first one in
  // the layer's output, [time, batch, neurons].
  void apply(int layer, uint32_t place, int length, const float* values, float* to) const {
    const uint32_t threshold = uint32_t(double(rate) * 4294967296.0);
    const float scale = 1 / (1 - rate);
    forEachVector(length, [&](auto at) {
      UnsignedVector places;
      for (int lane = 0; lane < lanes; lane++) places[lane] = place + at.at + lane;
      const IntVector kept = mix(mix(places) ^ keys[layer]) >= threshold;
      at.store(to, at.load(values) * (kept ? broadcast(scale) : Vector{}));
    });
  }
};

}  // namespace palimpsest
