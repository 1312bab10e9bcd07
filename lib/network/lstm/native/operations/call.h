// The inputs and outputs of an operation, whoever calls it: TensorFlow (tensorflow/tensorflow-call.h) or
// JavaScript in WebAssembly (wasm/module.cc). Either fills in the inputs and says where outputs lie.
#pragma once
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "refuse.h"

namespace palimpsest {

class Call {
 public:
  virtual ~Call() = default;

  int inputs() const { return int(inputs_.size()); }
  int dimensions(int index) const { return int(inputs_[index].shape.size()); }
  int dimension(int index, int axis) const {
    return axis < dimensions(index) ? counted(inputs_[index].shape[axis]) : 0;
  }
  ptrdiff_t size(int index) const {
    ptrdiff_t count = 1;
    for (int64_t length : inputs_[index].shape) count *= ptrdiff_t(length);
    return count;
  }

  // So many as an int can tell, of which all products are made as ptrdiff_t.
  static int counted(int64_t length) {
    if (length <= std::numeric_limits<int>::max()) return int(length);
    refuse("Expected fewer than 2^31 rows, columns or characters, got " + std::to_string(length));
  }

  // Refuses a matrix of so many rows and columns where it is larger than all that an address can tell: only
  // where addresses have 32 bits.
  static void requireAddressable(int64_t rows, int64_t columns) {
    if (double(rows) * double(columns) * sizeof(float) < double(PTRDIFF_MAX)) return;
    refuse("Expected less than fits into 2 GB at once, got " + std::to_string(rows) + " rows of " +
           std::to_string(columns) + " numbers: a smaller batch or fewer steps need less");
  }

  // An input of any shape.
  template <class Number = float>
  Number* input(int index) const {
    return static_cast<Number*>(inputs_[index].data);
  }

  // An input of a certain shape; a length of -1 may be anything.
  template <class Number = float>
  Number* input(int index, const char* name, std::initializer_list<ptrdiff_t> shape) const {
    bool right = dimensions(index) == int(shape.size());
    int axis = 0;
    for (ptrdiff_t length : shape) {
      right = right && (length < 0 || length == dimension(index, axis));
      axis++;
    }
    if (right) return input<Number>(index);
    std::string wanted, got;
    for (ptrdiff_t length : shape)
      wanted += (wanted.empty() ? "" : ", ") + (length < 0 ? "any" : std::to_string(length));
    for (axis = 0; axis < dimensions(index); axis++)
      got += (axis ? ", " : "") + std::to_string(dimension(index, axis));
    refuse("Expected `" + std::string(name) + "` of shape [" + wanted + "], got [" + got + "]");
  }

  template <class Number = float>
  Number* output(int index, const std::vector<int64_t>& shape) {
    return static_cast<Number*>(allocate(index, std::is_same<Number, float>::value, shape));
  }

  // An output of the shape of an input.
  float* outputLike(int index, int input) { return output(index, inputs_[input].shape); }

 protected:
  struct Input {
    void* data;
    std::vector<int64_t> shape;
  };

  // Makes an output of floats, or of int32.
  virtual void* allocate(int index, bool floats, const std::vector<int64_t>& shape) = 0;

  std::vector<Input> inputs_;
};

// Refuses ids that would be looked up outside their table.
inline void checkIds(const char* name, const int32_t* ids, ptrdiff_t count, int vocabulary) {
  for (ptrdiff_t i = 0; i < count; i++) {
    if (ids[i] >= 0 && ids[i] < vocabulary) continue;
    refuse("Expected `" + std::string(name) + "` from 0 to " + std::to_string(vocabulary - 1) + ", got " +
           std::to_string(ids[i]));
  }
}

}  // namespace palimpsest
