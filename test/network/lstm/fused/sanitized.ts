/** Loads the operations that `npm run sanitize` has compiled, before anybody loads those that are in use. */
import "../../../../lib/network/tensorflow";

require(process.env.PALIMPSEST_SANITIZED!);
(globalThis as { [loaded: symbol]: boolean })[Symbol.for("palimpsest.native")] = true; // as lib/network/lstm/fused/native.ts does
