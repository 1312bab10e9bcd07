// The inputs and outputs of an operation, as TensorFlow's C API hands them over. What is taken is given back
// at the end.
#pragma once
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/tf_tensor.h"

namespace palimpsest {

// An error in what was asked for; it reaches JavaScript as an exception.
struct WrongInput : std::runtime_error {
  using runtime_error::runtime_error;
};

class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context) {
    const int count = TF_NumInputs(context);
    inputs_.reserve(count);
    for (int i = 0; i < count; i++) {
      TF_Tensor* tensor = nullptr;
      TF_GetInput(context, i, &tensor, status_.get());
      requireOk();
      inputs_.emplace_back(tensor);
    }
  }

  int inputs() const { return int(inputs_.size()); }
  int outputs() const { return TF_NumOutputs(context_); }
  int dimensions(int index) const { return TF_NumDims(inputs_[index].get()); }
  int dimension(int index, int axis) const {
    return axis < dimensions(index) ? counted(TF_Dim(inputs_[index].get(), axis)) : 0;
  }
  ptrdiff_t size(int index) const { return TF_TensorElementCount(inputs_[index].get()); }

  // So many as an int can tell, of which all products are made as ptrdiff_t.
  static int counted(int64_t length) {
    if (length <= std::numeric_limits<int>::max()) return int(length);
    throw WrongInput("Expected fewer than 2^31 rows, columns or characters, got " + std::to_string(length));
  }

  // An input of any shape.
  template <class Number = float>
  Number* input(int index) const {
    return static_cast<Number*>(TF_TensorData(inputs_[index].get()));
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
    throw WrongInput("Expected `" + std::string(name) + "` of shape [" + wanted + "], got [" + got + "]");
  }

  template <class Number = float>
  Number* output(int index, const std::vector<int64_t>& shape) {
    size_t size = sizeof(Number);
    for (int64_t length : shape) size *= length;
    const TF_DataType type = std::is_same<Number, float>::value ? TF_FLOAT : TF_INT32;
    outputs_.emplace_back(
        TF_AllocateOutput(context_, index, type, shape.data(), int(shape.size()), size, status_.get()));
    requireOk();
    return static_cast<Number*>(TF_TensorData(outputs_.back().get()));
  }

  // An output of the shape of an input.
  float* outputLike(int index, int input) {
    std::vector<int64_t> shape;
    for (int axis = 0; axis < dimensions(input); axis++) shape.push_back(dimension(input, axis));
    return output(index, shape);
  }

 private:
  struct Delete {
    void operator()(TF_Status* status) const { TF_DeleteStatus(status); }
    void operator()(TF_Tensor* tensor) const {
      if (tensor) TF_DeleteTensor(tensor);
    }
  };
  using Tensor = std::unique_ptr<TF_Tensor, Delete>;

  void requireOk() const {
    if (TF_GetCode(status_.get()) != TF_OK) throw WrongInput(TF_Message(status_.get()));
  }

  TF_OpKernelContext* context_;
  std::unique_ptr<TF_Status, Delete> status_{TF_NewStatus()};
  std::vector<Tensor> inputs_, outputs_;
};

// Refuses ids that would be looked up outside their table.
inline void checkIds(const char* name, const int32_t* ids, ptrdiff_t count, int vocabulary) {
  for (ptrdiff_t i = 0; i < count; i++) {
    if (ids[i] >= 0 && ids[i] < vocabulary) continue;
    throw WrongInput("Expected `" + std::string(name) + "` from 0 to " + std::to_string(vocabulary - 1) +
                     ", got " + std::to_string(ids[i]));
  }
}

}  // namespace palimpsest
