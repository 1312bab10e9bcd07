// What JavaScript calls (../../wasm/module.ts): memory, and each operation by its name in
// ../tensorflow/register.cc. Nothing here is safe from two calls at once; JavaScript makes one at a time.
#include <cstdlib>

#include "../machine/scratch.h"
#include "../operations/operations.h"
#include "imports.h"
#include "matrix-product.h"

namespace palimpsest {
namespace {

constexpr int mostDimensions = 4;

// A tensor as JavaScript writes it down, or reads it.
struct Place {
  void* data;
  int32_t floats;  // or else int32
  int32_t dimensions;
  int32_t shape[mostDimensions];
};

// What an operation is called with; the places of the outputs follow those of the inputs.
struct Context {
  int32_t inputs, outputs;
  Place places[];
};

void* allocateBytes(size_t size) {
  return std::aligned_alloc(64, (std::max<size_t>(size, 1) + 63) / 64 * 64);
}

class ModuleCall : public Call {
 public:
  explicit ModuleCall(Context* context) : context_(context) {
    for (int i = 0; i < context->inputs; i++) {
      const Place& place = context->places[i];
      inputs_.push_back({place.data, {place.shape, place.shape + place.dimensions}});
    }
  }

 protected:
  void* allocate(int index, bool floats, const std::vector<int64_t>& shape) override {
    double bytes = sizeof(float);
    for (int64_t length : shape) bytes *= double(length);
    if (bytes >= double(PTRDIFF_MAX)) refuseMemory();
    Place& place = context_->places[context_->inputs + index];
    place.data = allocateBytes(size_t(bytes));
    if (!place.data) refuseMemory();
    place.floats = floats;
    place.dimensions = int32_t(shape.size());
    std::copy(shape.begin(), shape.end(), place.shape);
    return place.data;
  }

 private:
  Context* context_;
};

void perform(void (*operation)(Call&), Context* context) {
  releaseScratch();
  ModuleCall call(context);
  operation(call);
}

}  // namespace
}  // namespace palimpsest

using namespace palimpsest;

#define EXPORTED(name) extern "C" __attribute__((export_name(#name)))
#define OPERATION(name, operation) \
  EXPORTED(name) void palimpsest##name(Context* context) { perform(operation, context); }

// Null where there is no more memory.
EXPORTED(allocate) void* palimpsestAllocate(size_t bytes) { return allocateBytes(bytes); }
EXPORTED(release) void palimpsestRelease(void* data) { std::free(data); }

OPERATION(LstmForward, lstmForward)
OPERATION(LstmBackward, lstmBackward)
OPERATION(Read, read)
OPERATION(Learn, learn)
OPERATION(SoftmaxCrossEntropy, softmaxCrossEntropy)
OPERATION(ClipAdam, clipAdam)
OPERATION(Generate, generate)
OPERATION(Abilities, abilities)
OPERATION(MatrixProduct, matrixProduct)
