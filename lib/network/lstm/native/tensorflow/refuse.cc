// What operations throw that TensorFlow calls; register.cc catches it.
#include "../operations/refuse.h"

#include <new>
#include <stdexcept>

namespace palimpsest {

void refuse(const std::string& message) { throw std::runtime_error(message); }

void refuseMemory() { throw std::bad_alloc(); }

}  // namespace palimpsest
