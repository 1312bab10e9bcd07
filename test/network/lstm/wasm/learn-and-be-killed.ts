/**
 * Learns on three threads, of which one is ended from outside again and again, until a step ends with an error, which it
 * prints; then on one thread.
 */
import assert from "node:assert/strict";
import path from "node:path";
import { openModule } from "../../../../lib/network/lstm/wasm/here";
import { learner } from "./calls";

const module = openModule({ overseer: path.join(__dirname, "killing-overseer.cjs") });
const learn = learner(module, { time: 50, batch: 48 });
process.env.PALIMPSEST_THREADS = "1";
const expected = learn();
process.env.PALIMPSEST_THREADS = "3";
assert.throws(
  () => {
    for (;;) learn();
  },
  (error: Error) => {
    console.log(error.message);
    return true;
  },
);
process.env.PALIMPSEST_THREADS = "1";
assert.deepEqual(learn(), expected);
console.log("learned");
