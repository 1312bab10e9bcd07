// The one operation that only WebAssembly has.
#pragma once
#include "../operations/call.h"

namespace palimpsest {

void matrixProduct(Call& call);

}  // namespace palimpsest
