#include "scratch.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <vector>

#include "../operations/refuse.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

// AddressSanitizer is told what of a block nobody has taken, and a gap behind each piece (`npm run
// sanitize`).
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define PALIMPSEST_GAP 64
#else
#define PALIMPSEST_GAP 0
#define ASAN_POISON_MEMORY_REGION(start, size)
#define ASAN_UNPOISON_MEMORY_REGION(start, size)
#endif

namespace palimpsest {
namespace {

constexpr size_t lineBytes = 64;
#if defined(__wasm__)
constexpr size_t pageBytes = size_t(64) << 10;  // by which its memory grows
#else
constexpr size_t pageBytes = size_t(2) << 20;  // a huge page
#endif

struct Block {
  char* start;
  size_t size, used;
};

// One block once the size that an operation needs is known; more while it grows.
std::vector<Block> blocks;

// The operations since one took at least half of what is kept, and the most that one of them took. Between
// two training steps there are about a hundred at most, which validate and write.
constexpr int patience = 256;
int smaller = 0;
size_t mostOfSmaller = 0;

size_t roundUp(size_t size, size_t unit) { return (size + unit - 1) / unit * unit; }

void addBlock(size_t least) {
  const size_t size = roundUp(std::max<size_t>(least, 1), pageBytes);
  void* start = std::aligned_alloc(pageBytes, size);
  if (!start) refuseMemory();
#if defined(__linux__)
  madvise(start, size, MADV_HUGEPAGE);
#endif
  ASAN_POISON_MEMORY_REGION(start, size);
  blocks.push_back({static_cast<char*>(start), size, 0});
}

void keepOneBlock(size_t size) {
  for (const Block& block : blocks) {
    ASAN_UNPOISON_MEMORY_REGION(block.start, block.size);
    std::free(block.start);
  }
  blocks.clear();
  smaller = 0;
  mostOfSmaller = 0;
  addBlock(size);
}

}  // namespace

void releaseScratch() {
  size_t kept = 0, used = 0;
  for (Block& block : blocks) {
    kept += block.size;
    used += block.used;
    block.used = 0;
    ASAN_POISON_MEMORY_REGION(block.start, block.size);
  }
  const bool small = kept > pageBytes && used < kept / 2;
  mostOfSmaller = small ? std::max(mostOfSmaller, used) : 0;
  smaller = small ? smaller + 1 : 0;
  if (smaller >= patience)
    keepOneBlock(mostOfSmaller);
  else if (blocks.size() > 1)
    keepOneBlock(kept);
}

float* takeScratch(size_t count) {
  if (count > std::numeric_limits<size_t>::max() / 2 / sizeof(float)) refuseMemory();
  const size_t size = roundUp(std::max<size_t>(count, 1) * sizeof(float), lineBytes) + PALIMPSEST_GAP;
  if (blocks.empty() || blocks.back().size - blocks.back().used < size) addBlock(size);
  Block& block = blocks.back();
  float* taken = reinterpret_cast<float*>(block.start + block.used);
  block.used += size;
  ASAN_UNPOISON_MEMORY_REGION(taken, count * sizeof(float));
  return taken;
}

}  // namespace palimpsest
