// The threads that share the work of an operation. They are started once and sleep between operations.
#pragma once
#include <cstddef>
#include <functional>

namespace palimpsest {

// How many threads work: PALIMPSEST_THREADS, or one for each core that the process may use.
int threadCount();

// Calls `work(0)` … `work(count - 1)` at the same time, one call a thread, and returns when all have
// returned; passes on the first error of any of them then, and refuses where the system has no more threads.
void inParallel(int count, const std::function<void(int)>& work);

// Lets a thread that waits awake leave its core to its neighbour for a moment, or the core for longer.
void pauseThread();
void restThread();

// The part of `length` things that falls to thread `index` of `count`, in whole pieces of `grain` things.
struct Range {
  int from, to;
  int length() const { return to - from; }
};
inline Range share(int length, int index, int count, int grain = 1) {
  const ptrdiff_t pieces = (ptrdiff_t(length) + grain - 1) / grain;
  const ptrdiff_t from = pieces * index / count * grain, to = pieces * (index + 1) / count * grain;
  return {from < length ? int(from) : length, to < length ? int(to) : length};
}

}  // namespace palimpsest
