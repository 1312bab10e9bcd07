// Memory of all threads.
#pragma once

namespace palimpsest {

// Called where only one thread is at work: another one may have been ended while it held the lock.
void forgetMemoryLock();

}  // namespace palimpsest
