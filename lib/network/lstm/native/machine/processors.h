// The processors that this process may use.
#pragma once

namespace palimpsest {

// Cores, not hardware threads: two threads of a core share its arithmetic, of which one alone uses all. At
// least 1.
int usableCores();

}  // namespace palimpsest
