// A pool of threads that wait first awake, because the next piece of work often comes within microseconds,
// and then asleep.
#include "threads.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>

#include "../operations/refuse.h"
#include "processors.h"

namespace palimpsest {
namespace {

class Pool {
 public:
  void run(int count, const std::function<void(int)>& work) {
    while (started_ < count - 1) start();
    {
      std::lock_guard<std::mutex> lock(mutex_);
      work_ = &work;
      count_ = count;
      busy_ = started_;
      error_ = nullptr;
      round_++;
    }
    wake_.notify_all();
    workOn(0);
    waitUntil(done_, [this] { return busy_ == 0; });
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void start() {
    const int index = started_ + 1;
    try {
      std::thread([this, index, seen = round_.load()]() mutable {
        for (;;) {
          waitUntil(wake_, [&] { return round_ != seen; });
          seen = round_;
          if (index < count_) workOn(index);
          if (--busy_ > 0) continue;
          std::lock_guard<std::mutex> lock(mutex_);
          done_.notify_one();
        }
      }).detach();
    } catch (const std::system_error& error) {
      refuse("Expected thread " + std::to_string(index + 1) + " to start, and the system says: " +
             error.what() + "; with PALIMPSEST_THREADS=" + std::to_string(index) +
             " in the environment no more than those that run are needed");
    }
    started_ = index;
  }

  // An error must not leave a thread of its own, which would end the process.
  void workOn(int index) {
    try {
      (*work_)(index);
    } catch (...) {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!error_) error_ = std::current_exception();
    }
  }

  template <class Condition>
  void waitUntil(std::condition_variable& signal, Condition condition) {
    using clock = std::chrono::steady_clock;
    const auto patience = clock::now() + std::chrono::microseconds(50);
    while (clock::now() < patience) {
      for (int turn = 0; turn < 64; turn++, pauseThread())
        if (condition()) return;
    }
    std::unique_lock<std::mutex> lock(mutex_);
    signal.wait(lock, condition);
  }

  std::mutex mutex_;
  std::condition_variable wake_, done_;
  const std::function<void(int)>* work_ = nullptr;
  std::exception_ptr error_;
  int started_ = 0, count_ = 0;
  std::atomic<int> round_{0}, busy_{0};
};

}  // namespace

void pauseThread() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

void restThread() { std::this_thread::yield(); }

int threadCount() {
  const char* wanted = std::getenv("PALIMPSEST_THREADS");
  return std::max(1, wanted ? std::atoi(wanted) : usableCores());
}

void inParallel(int count, const std::function<void(int)>& work) {
  static Pool* pool = new Pool;  // Never destroyed: its threads run until the process ends.
  if (count > 1)
    pool->run(count, work);
  else
    work(0);
}

}  // namespace palimpsest
