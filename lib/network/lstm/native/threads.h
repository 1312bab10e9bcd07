// The threads that share the work of an operation. They are started once and sleep between operations.
#pragma once
#include <functional>

namespace palimpsest {

// How many threads work: PALIMPSEST_THREADS, or one for each core that the process may use.
int threadCount();

// Calls `work(0)` … `work(count - 1)` at the same time, one call a thread, and returns when all have
// returned.
void inParallel(int count, const std::function<void(int)>& work);

// Lets a thread that waits awake leave the processor to its neighbour for a moment.
void pauseThread();

// The part of `length` things that falls to thread `index` of `count`, in whole pieces of `grain` things.
struct Range {
  int from, to;
  int length() const { return to - from; }
};
inline Range share(int length, int index, int count, int grain = 1) {
  const long pieces = (length + grain - 1) / grain;
  const int from = int(pieces * index / count) * grain, to = int(pieces * (index + 1) / count) * grain;
  return {from < length ? from : length, to < length ? to : length};
}

}  // namespace palimpsest
