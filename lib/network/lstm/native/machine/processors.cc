#include "processors.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <string>
#include <thread>

#if defined(__linux__)
#include <sched.h>
#elif defined(__APPLE__)
#include <sys/sysctl.h>
#endif

namespace palimpsest {
namespace {

#if defined(__linux__)

// Processors that share a core name each other in the same words, e.g. "0,32".
int allowedCores() {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return 0;
  std::set<std::string> cores;
  for (int processor = 0; processor < CPU_SETSIZE; processor++) {
    if (!CPU_ISSET(processor, &allowed)) continue;
    const std::string name = std::to_string(processor);
    std::string siblings = name;
    std::ifstream("/sys/devices/system/cpu/cpu" + name + "/topology/thread_siblings_list") >> siblings;
    cores.insert(siblings.empty() ? name : siblings);
  }
  return int(cores.size());
}

// What a container is given, e.g. 150000 microseconds of each 100000: 2 cores.
int grantedCores(int most) {
  std::string quota;
  double period = 0;
  std::ifstream("/sys/fs/cgroup/cpu.max") >> quota >> period;
  if (quota.empty() || quota == "max" || period <= 0) return most;
  return std::min(most, int(std::ceil(std::stod(quota) / period)));
}

int cores() { return grantedCores(allowedCores()); }

#elif defined(__APPLE__)

// The fast ones, where there are fast and slow ones.
int cores() {
  int count = 0;
  size_t size = sizeof(count);
  if (sysctlbyname("hw.perflevel0.physicalcpu", &count, &size, nullptr, 0) == 0) return count;
  if (sysctlbyname("hw.physicalcpu", &count, &size, nullptr, 0) == 0) return count;
  return 0;
}

#else

int cores() { return int(std::thread::hardware_concurrency()); }

#endif

}  // namespace

int usableCores() {
  static const int count = std::max(1, cores());
  return count;
}

}  // namespace palimpsest
