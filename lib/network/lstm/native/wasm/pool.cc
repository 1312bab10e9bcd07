// The threads of ../machine/threads.h in WebAssembly: JavaScript starts workers that all run this module on
// one memory, and each of them stays in `serve`, waiting first awake and then asleep.
#include <atomic>

#include "../machine/threads.h"
#include "imports.h"
#include "memory.h"

namespace palimpsest {
namespace {

int threads = 1, workers = 0;
const std::function<void(int)>* current = nullptr;
int wanted = 0;
std::atomic<int> round_{0}, busy{0};

// Looks before a thread goes to sleep: about 50 microseconds.
constexpr int patience = 20000;

int* addressOf(std::atomic<int>& number) { return reinterpret_cast<int*>(&number); }

void waitWhile(std::atomic<int>& number, int value) {
  for (int turn = 0; turn < patience; turn++)
    if (number.load(std::memory_order_acquire) != value) return;
  while (number.load() == value) palimpsestSleep(addressOf(number), value);
}

void wake(std::atomic<int>& number) { __builtin_wasm_memory_atomic_notify(addressOf(number), -1); }

}  // namespace

void pauseThread() {}

void restThread() { palimpsestRest(); }

int threadCount() { return threads; }

void inParallel(int count, const std::function<void(int)>& work) {
  if (count < 2) return work(0);
  current = &work;
  wanted = count;
  busy = workers;  // those without a part, too: none of them may still look at the round before
  round_++;
  wake(round_);
  work(0);
  for (int left = busy; left > 0; left = busy) waitWhile(busy, left);
}

}  // namespace palimpsest

using namespace palimpsest;

extern "C" {

// How many threads work from here on, and how many workers there are: at least one less.
__attribute__((export_name("useThreads"))) void useThreads(int count, int started) {
  threads = count;
  workers = started;
  forgetMemoryLock();
}

// The number of rounds so far, from which a new worker waits for the next one.
__attribute__((export_name("roundNow"))) int roundNow() { return round_; }

// What worker `index`, from 1 on, does for ever.
__attribute__((export_name("serve"))) void serve(int index, int seen) {
  for (;;) {
    waitWhile(round_, seen);
    seen = round_;
    if (index < wanted) (*current)(index);
    if (--busy == 0) wake(busy);
  }
}
}
