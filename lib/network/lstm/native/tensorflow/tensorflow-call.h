// A call by TensorFlow, through its C API. What is taken is given back at the end.
#pragma once
#include <memory>

#include "../operations/call.h"
#include "tensorflow/c/kernels.h"
#include "tensorflow/c/tf_tensor.h"

namespace palimpsest {

class TensorflowCall : public Call {
 public:
  explicit TensorflowCall(TF_OpKernelContext* context) : context_(context) {
    const int count = TF_NumInputs(context);
    inputs_.reserve(count);
    for (int i = 0; i < count; i++) {
      TF_Tensor* tensor = nullptr;
      TF_GetInput(context, i, &tensor, status_.get());
      requireOk();
      held_.emplace_back(tensor);
      std::vector<int64_t> shape;
      for (int axis = 0; axis < TF_NumDims(tensor); axis++) shape.push_back(TF_Dim(tensor, axis));
      inputs_.push_back({TF_TensorData(tensor), shape});
    }
  }

 protected:
  void* allocate(int index, bool floats, const std::vector<int64_t>& shape) override {
    size_t size = sizeof(float);
    for (int64_t length : shape) size *= length;
    held_.emplace_back(TF_AllocateOutput(context_, index, floats ? TF_FLOAT : TF_INT32, shape.data(),
                                         int(shape.size()), size, status_.get()));
    requireOk();
    return TF_TensorData(held_.back().get());
  }

 private:
  struct Delete {
    void operator()(TF_Status* status) const { TF_DeleteStatus(status); }
    void operator()(TF_Tensor* tensor) const {
      if (tensor) TF_DeleteTensor(tensor);
    }
  };

  void requireOk() const {
    if (TF_GetCode(status_.get()) != TF_OK) refuse(TF_Message(status_.get()));
  }

  TF_OpKernelContext* context_;
  std::unique_ptr<TF_Status, Delete> status_{TF_NewStatus()};
  std::vector<std::unique_ptr<TF_Tensor, Delete>> held_;
};

}  // namespace palimpsest
