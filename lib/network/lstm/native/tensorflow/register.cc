// Makes the operations known to TensorFlow when Node loads this library. Node takes it for an add-on, by the
// two functions at the end, and TensorFlow.js for nothing at all: it calls the operations by their names like
// any other. Only TensorFlow's C API is used, so that no C++ of its own has to agree with ours.
#include <exception>
#include <initializer_list>
#include <mutex>
#include <new>

#include "../machine/scratch.h"
#include "../operations/operations.h"
#include "tensorflow-call.h"
#include "tensorflow/c/ops.h"

namespace palimpsest {
namespace {

// One operation at a time, because all share the scratch memory and the threads.
std::mutex turn;

void fail(TF_OpKernelContext* context, const char* message) {
  TF_Status* status = TF_NewStatus();
  TF_SetStatus(status, TF_INVALID_ARGUMENT, message);
  TF_OpKernelContext_Failure(context, status);
  TF_DeleteStatus(status);
}

// TensorFlow calls it from C, through which no exception may go.
template <void (*operation)(Call&)>
void compute(void*, TF_OpKernelContext* context) {
  try {
    std::lock_guard<std::mutex> lock(turn);
    releaseScratch();
    TensorflowCall call(context);
    operation(call);
  } catch (const std::bad_alloc&) {
    fail(context, "Expected more memory than the system has: smaller batches or fewer steps need less");
  } catch (const std::exception& error) {
    fail(context, error.what());
  } catch (...) {
    fail(context, "An operation has failed for a reason unknown");
  }
}

void shapeUnknown(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

using Names = std::initializer_list<const char*>;

template <void (*operation)(Call&)>
void define(const char* name, Names attributes, Names inputs, Names outputs) {
  TF_Status* status = TF_NewStatus();
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(name);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, shapeUnknown);
  TF_OpDefinitionBuilderSetIsStateful(definition, true);  // never folded or shared: some work in place
  TF_RegisterOpDefinition(definition, status);
  if (TF_GetCode(status) == TF_OK)
    TF_RegisterKernelBuilder(name, TF_NewKernelBuilder(name, "CPU", nullptr, compute<operation>, nullptr),
                             status);
  TF_DeleteStatus(status);
}

void defineAll() {
  define<lstmForward>("PalimpsestLstmForward", {},
                      {"below: float", "ids: int32", "hidden: float", "cell: float", "kernel: float",
                       "recurrent_kernel: float", "bias: float", "half: int32"},
                      {"hiddens: float", "cells: float", "gates: float"});
  define<lstmBackward>(
      "PalimpsestLstmBackward", {},
      {"below: float", "ids: int32", "hidden: float", "cell: float", "kernel: float",
       "recurrent_kernel: float", "bias: float", "half: int32", "hiddens: float", "cells: float",
       "gates: float", "hidden_gradient: float"},
      {"below_gradient: float", "hidden_before_gradient: float", "cell_before_gradient: float",
       "kernel_gradient: float", "recurrent_kernel_gradient: float", "bias_gradient: float"});
  define<read>(
      "PalimpsestRead", {"layers: int", "weight_count: int"},
      {"ids: int32", "hidden: layers * float", "cell: layers * float", "weights: weight_count * float"},
      {"scores: float", "hidden_after: layers * float", "cell_after: layers * float"});
  define<learn>(
      "PalimpsestLearn", {"layers: int", "weight_count: int"},
      {"ids: int32", "hidden: layers * float", "cell: layers * float", "weights: weight_count * float",
       "targets: int32", "rate: float", "keys: int32", "half: int32", "embedding: float",
       "attention_kernel: float", "memory: float", "present: float", "span: int32"},
      {"cross_entropy: float", "accuracy: float", "hidden_after: layers * float",
       "cell_after: layers * float", "gradients: weight_count * float", "embedding_gradient: float",
       "attention_kernel_gradient: float", "memory_after: float", "present_after: float"});
  define<softmaxCrossEntropy>("PalimpsestSoftmaxCrossEntropy", {}, {"logits: float", "targets: int32"},
                              {"cross_entropy: float", "accuracy: float", "gradient: float"});
  define<clipAdam>("PalimpsestClipAdam", {"count: int"},
                   {"settings: float", "weights: count * float", "gradients: count * float",
                    "means: count * float", "squares: count * float"},
                   {"norm: float"});
  define<generate>("PalimpsestGenerate", {"layers: int", "weight_count: int"},
                   {"choice: int32", "prompt: int32", "draws: int32", "hidden: layers * float",
                    "cell: layers * float", "weights: weight_count * float"},
                   {"ids: int32", "hidden_after: layers * float", "cell_after: layers * float"});
  define<abilities>("PalimpsestAbilities", {}, {}, {"abilities: int32"});
}

}  // namespace
}  // namespace palimpsest

#define EXPORTED extern "C" __attribute__((visibility("default")))

EXPORTED int32_t node_api_module_get_api_version_v1() { return 8; }

EXPORTED void* napi_register_module_v1(void*, void* exports) {
  static std::once_flag defined;  // Node's worker threads load it again.
  std::call_once(defined, palimpsest::defineAll);
  return exports;
}
