#include "scratch.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace palimpsest {
namespace {

constexpr size_t lineBytes = 64;
constexpr size_t pageBytes = size_t(2) << 20;  // a huge page

struct Block {
  char* start;
  size_t size, used;
};

// One block once the size that an operation needs is known; more while it grows.
std::vector<Block> blocks;

size_t roundUp(size_t size, size_t unit) { return (size + unit - 1) / unit * unit; }

void addBlock(size_t least) {
  const size_t size = roundUp(least, pageBytes);
  void* start = std::aligned_alloc(pageBytes, size);
  if (!start) throw std::bad_alloc();
#if defined(__linux__)
  madvise(start, size, MADV_HUGEPAGE);
#endif
  blocks.push_back({static_cast<char*>(start), size, 0});
}

}  // namespace

void releaseScratch() {
  if (blocks.size() > 1) {
    size_t total = 0;
    for (const Block& block : blocks) {
      total += block.size;
      std::free(block.start);
    }
    blocks.clear();
    addBlock(total);
  }
  for (Block& block : blocks) block.used = 0;
}

float* takeScratch(size_t count) {
  const size_t size = roundUp(std::max<size_t>(count, 1) * sizeof(float), lineBytes);
  if (blocks.empty() || blocks.back().size - blocks.back().used < size) addBlock(size);
  Block& block = blocks.back();
  block.used += size;
  return reinterpret_cast<float*>(block.start + block.used - size);
}

}  // namespace palimpsest
