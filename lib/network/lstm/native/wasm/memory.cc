// Memory and refusals in WebAssembly. The C library is built without threads, so that its `malloc` has no
// lock; here is one. Whoever is refused must not hold it: what JavaScript throws lets nobody give it back.
#include "memory.h"

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

#include "../machine/threads.h"
#include "../operations/refuse.h"
#include "imports.h"

namespace {

std::atomic<bool> taken{false};

// Turns awake before a thread looks whether the one that it waits for is alive.
constexpr int patience = 100000;

// Calls `work` while nobody else does.
template <class Work>
auto alone(Work work) {
  for (int turn = 0; taken.exchange(true, std::memory_order_acquire); turn++)
    if (turn > patience) palimpsest::restThread();
  auto result = work();
  taken.store(false, std::memory_order_release);
  return result;
}

}  // namespace

namespace palimpsest {

void forgetMemoryLock() { taken = false; }

void refuse(const std::string& message) { palimpsestRaise(message.c_str()); }

void refuseMemory() {
  palimpsestRaise("Expected more memory than WebAssembly has: smaller batches or fewer steps need less");
}

}  // namespace palimpsest

void* operator new(size_t size) {
  void* found = alone([size] { return std::malloc(size); });
  if (!found) palimpsest::refuseMemory();
  return found;
}

void operator delete(void* pointer) noexcept {
  alone([pointer] {
    std::free(pointer);
    return 0;
  });
}

void operator delete(void* pointer, size_t) noexcept { operator delete(pointer); }
