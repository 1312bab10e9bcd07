// What the module asks of JavaScript (../../wasm/instance.cjs).
#pragma once

#define IMPORTED(name) __attribute__((import_module("palimpsest"), import_name(#name)))

extern "C" {
// Throws an error, through all frames of the module: no destructor runs on the way.
IMPORTED(raise) [[noreturn]] void palimpsestRaise(const char* message);

// Sleeps while there is `value` at `address`, not for ever: whoever calls looks again. It is `Atomics.wait`
// and not the instruction for it, over which Node 20 forgets a local variable. Throws where a thread has
// died.
IMPORTED(sleep) void palimpsestSleep(int* address, int value);

// Leaves the processor to others for a moment. Throws where a thread has died.
IMPORTED(rest) void palimpsestRest();
}
