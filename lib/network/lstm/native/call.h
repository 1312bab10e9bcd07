// The inputs and outputs of an operation, as TensorFlow's C API hands them over. What is taken is given back
// at the end.
#pragma once
#include <cstdint>
#include <initializer_list>
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
  explicit Call(TF_OpKernelContext* context) : context_(context), status_(TF_NewStatus()) {
    inputs_.resize(TF_NumInputs(context));
    for (size_t i = 0; i < inputs_.size(); i++) TF_GetInput(context, int(i), &inputs_[i], status_);
  }
  Call(const Call&) = delete;
  ~Call() {
    for (TF_Tensor* tensor : inputs_) TF_DeleteTensor(tensor);
    for (TF_Tensor* tensor : outputs_) TF_DeleteTensor(tensor);
    TF_DeleteStatus(status_);
  }

  int inputs() const { return int(inputs_.size()); }
  int outputs() const { return TF_NumOutputs(context_); }
  int dimensions(int index) const { return TF_NumDims(inputs_[index]); }
  long dimension(int index, int axis) const {
    return axis < dimensions(index) ? TF_Dim(inputs_[index], axis) : 0;
  }
  long size(int index) const { return TF_TensorElementCount(inputs_[index]); }

  // An input of any shape.
  template <class Number = float>
  Number* input(int index) const {
    return static_cast<Number*>(TF_TensorData(inputs_[index]));
  }

  // An input of a certain shape; a length of -1 may be anything.
  template <class Number = float>
  Number* input(int index, const char* name, std::initializer_list<long> shape) const {
    bool right = dimensions(index) == int(shape.size());
    int axis = 0;
    for (long length : shape) {
      right = right && (length < 0 || length == dimension(index, axis));
      axis++;
    }
    if (right) return input<Number>(index);
    std::string wanted, got;
    for (long length : shape)
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
    TF_Tensor* tensor =
        TF_AllocateOutput(context_, index, type, shape.data(), int(shape.size()), size, status_);
    if (TF_GetCode(status_) != TF_OK) throw WrongInput(TF_Message(status_));
    outputs_.push_back(tensor);
    return static_cast<Number*>(TF_TensorData(tensor));
  }

  // An output of the shape of an input.
  float* outputLike(int index, int input) {
    std::vector<int64_t> shape;
    for (int axis = 0; axis < dimensions(input); axis++) shape.push_back(dimension(input, axis));
    return output(index, shape);
  }

  void fail(const char* message) {
    TF_SetStatus(status_, TF_INVALID_ARGUMENT, message);
    TF_OpKernelContext_Failure(context_, status_);
  }

 private:
  TF_OpKernelContext* context_;
  TF_Status* status_;
  std::vector<TF_Tensor*> inputs_, outputs_;
};

// Refuses ids that would be looked up outside their table.
inline void checkIds(const char* name, const int32_t* ids, long count, int vocabulary) {
  for (long i = 0; i < count; i++) {
    if (ids[i] >= 0 && ids[i] < vocabulary) continue;
    throw WrongInput("Expected `" + std::string(name) + "` from 0 to " + std::to_string(vocabulary - 1) +
                     ", got " + std::to_string(ids[i]));
  }
}

}  // namespace palimpsest
