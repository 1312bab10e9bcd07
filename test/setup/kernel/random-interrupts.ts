/** Interrupts at random moments of cells of many kinds, each of which would never end by itself. */
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { TestKernel } from "./client";

/** Milliseconds after which a cell counts as never answered. */
const patience = 20_000;

/** Run once, before the others. */
export const preparation = `
  import { setTimeout as sleep } from "node:timers/promises";
  import { takeInterrupt } from "./lib/train/interrupt";
  import { display } from "./lib/show/notebook";
  const kept = { words: "still here" };
  const beats = { count: 0 };
  const work = (milliseconds: number) => { const end = Date.now() + milliseconds; while (Date.now() < end) beats.count++; };
`;

const manyTypes = Array.from(
  { length: 150 },
  (_, i) => `interface Shape${i} { readonly side: number; readonly of: Shape${i && i - 1}[] }`,
).join("\n");

/** What a cell does after its first line. */
export const kinds: Readonly<Record<string, string>> = {
  "that takes long to compile": `${manyTypes}\n for (;;) beats.count++;`,
  "that never waits": "for (;;) work(1);",
  "with an empty loop": "for (;;);",
  "that never waits again": "await sleep(1); for (;;) beats.count++;",
  "that waits for settled promises only": "for (;;) { await 0; beats.count++; }",
  "that waits again and again": "for (;;) { await sleep(1); work(2); }",
  "that waits for long": "await sleep(1e8);",
  "that waits for ever": "await new Promise(() => {});",
  "that trains":
    "const interrupt = await takeInterrupt(); try { while (!interrupt.requested) { await sleep(1); work(5); } } finally { interrupt.release(); }",
  "that shows and prints":
    "for (;;) { display({ 'text/plain': 'seen' }); console.log('said'); await sleep(3); }",
  "that prints without end": "for (;;) console.log('said');",
  "that calls itself later": "const later = () => setImmediate(later); later(); for (;;) await sleep(1);",
  "that catches everything": "for (;;) { try { work(3); await sleep(1); } catch {} }",
};

/**
 * Interrupts `count` cells, of one kind after the other, each after a random part of a second.
 * Throws where a cell is not answered, goes on, or loses what was declared before.
 *
 * @returns how many were interrupted, and how many ended normally
 */
export async function interruptAtRandom(kernel: TestKernel, count: number, random: () => number) {
  const { pid } = kernel;
  const ended = { interrupted: 0, normally: 0 };
  const names = Object.keys(kinds);
  for (let i = 0; i < count; i++) {
    const name = names[i % names.length];
    const what = `cell ${i}, one ${name}`;
    const delay = 10 ** (random() * 3 - 0.4); // 0.4 to 400 ms
    const code = `const own${i} = ${i}; console.log("begun ${i}.");\n${kinds[name]}`;
    const cell = kernel.execute(code);
    await kernel.began(code);
    const behind = i % 5 === 0 ? kernel.execute("1 + 1") : undefined;
    await setTimeout(delay);
    kernel.interrupt();
    const { reply, stdout } = await inTime(cell, `${what}, interrupted after ${delay.toFixed(1)} ms`);
    if (behind) await inTime(behind, `the cell behind ${what}`);
    if (reply.status === "ok") assert.equal(name, "that trains", what);
    else assert.equal(reply.ename, "KeyboardInterrupt", `${what}: ${reply.evalue}`);
    ended[reply.status === "ok" ? "normally" : "interrupted"]++;

    const own = stdout.includes(`begun ${i}.`) ? `own${i}` : i;
    if (name === "that catches everything") await setTimeout(1100); // what it may take to put things in order
    const after = `const count${i} = beats.count; await sleep(30); \`\${beats.count - count${i}} \${kept.words} \${${own}}\``;
    const next = await inTime(kernel.execute(after), `the cell after ${what}`);
    assert.equal(next.result, `0 still here ${i}`, `${what}: ${next.traceback}`);
  }
  assert.equal(kernel.pid, pid);
  return ended;
}

async function inTime<Value>(value: Promise<Value>, what: string): Promise<Value> {
  const late = new AbortController();
  const lost = setTimeout(patience, undefined, { signal: late.signal }).then(() => {
    throw new Error(`Nothing came from ${what}`);
  });
  try {
    return await Promise.race([value, lost]);
  } finally {
    late.abort();
    lost.catch(() => undefined);
  }
}
