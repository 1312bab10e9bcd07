// How an operation ends before its time. Whoever calls the operations defines both: for TensorFlow they throw
// what register.cc catches, in WebAssembly they call JavaScript, which throws. Nothing else here throws by
// itself.
#pragma once
#include <string>

namespace palimpsest {

// Refuses what was asked for; the message reaches JavaScript as an exception.
[[noreturn]] void refuse(const std::string& message);

// Says that the system has no more memory.
[[noreturn]] void refuseMemory();

}  // namespace palimpsest
