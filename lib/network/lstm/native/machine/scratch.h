// Memory for intermediate results. It is kept from one operation to the next, because fresh pages from the
// system cost more than many of the computations that they are for; but not for ever.
#pragma once
#include <cstddef>

namespace palimpsest {

// Forgets all that was taken since the last time: at the start of an operation. Where the last ones, 256 in a
// row, took less than half of what is kept, what they did not take goes back to the system.
void releaseScratch();

// Space for `count` numbers, aligned to cache lines, not initialised, valid until it is released.
float* takeScratch(size_t count);

}  // namespace palimpsest
