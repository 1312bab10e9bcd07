/** A process in which V8 is told of relaxed SIMD when a module is already at work on two threads; prints what both come to. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { openModule, usesRelaxedSimd } from "../../../../../lib/network/lstm/wasm/here";
import { learner } from "../calls";

const size = { time: 5, batch: 13 };

/** Losses and gradients. */
type Learned = ReturnType<ReturnType<typeof learner>>;

export interface Told {
  /** Of the plain module, before and after V8 was told. */
  readonly before: Learned;
  readonly after: Learned;
  /** Whether a thread that was started before can compile the module with relaxed SIMD. */
  readonly inOlderThread: unknown;
  /** Of the module with relaxed SIMD beside the plain one, on two threads and on one. */
  readonly relaxed: Learned;
  readonly alone: Learned;
}

async function main(): Promise<void> {
  const learnPlain = learner(openModule({ relaxed: false }), size);
  const before = learnPlain();
  const older = new Worker(
    `const { parentPort } = require("node:worker_threads");
    parentPort.on("message", (bytes) => parentPort.postMessage(WebAssembly.validate(bytes)));`,
    { eval: true },
  );
  await once(older, "online");
  usesRelaxedSimd();
  const file = path.join(__dirname, "../../../../../lib/network/lstm/wasm/palimpsest-relaxed.wasm");
  older.postMessage(readFileSync(file));
  const [inOlderThread] = (await once(older, "message")) as unknown[];
  const learn = learner(openModule({ relaxed: true }), size);
  const relaxed = learn();
  const after = learnPlain();
  process.env.PALIMPSEST_THREADS = "1";
  const told: Told = { before, after, inOlderThread, relaxed, alone: learn() };
  console.log(JSON.stringify(told));
  process.exit();
}

void main();
