import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { importFolder, TestKernel, type Execution } from "./client";

/** Waits until a counter of a cell stands still, or tells by how much it has gone on. */
const standsStill = (counter: string) =>
  `const first = ${counter}; await new Promise((resolve) => setTimeout(resolve, 60)); ${counter} - first`;

describe("an interrupt", () => {
  let kernel: TestKernel;
  const folder = importFolder();
  before(async () => {
    kernel = await TestKernel.start();
    folder.write(
      "work.ts",
      `import { setTimeout } from "node:timers/promises";
       import { takeInterrupt } from "${"../../"}lib/train/interrupt";

       export const log = { steps: 0, closed: 0 };

       export async function* work(): AsyncGenerator<number> {
         const interrupt = await takeInterrupt();
         try {
           while (!interrupt.requested) {
             await setTimeout(2);
             yield ++log.steps;
           }
         } finally {
           interrupt.release();
           log.closed++;
         }
       }

       export async function* endless(): AsyncGenerator<number> {
         try {
           for (;;) {
             await setTimeout(2);
             yield ++log.steps;
           }
         } finally {
           log.closed++;
         }
       }
      `,
    );
    await kernel.execute(`import { endless, log, work } from "${folder.path}/work";`);
  });
  after(async () => {
    await kernel.stop();
    folder.remove();
  });

  /** Runs a cell and interrupts it when it says that it has begun. */
  async function interrupted(code: string) {
    const mark = `begun ${Math.random()}`;
    const execution = kernel.execute(code.replace("BEGUN", `console.log("${mark}")`));
    await kernel.printed(mark);
    kernel.interrupt();
    return execution;
  }

  /** All that the cell has to show, and nothing of an error; but its reply, by which front ends end Run All. */
  function assertEndedByInterrupt({ reply, result, traceback }: Execution, expected: string | undefined) {
    assert.deepEqual([reply.status, reply.ename], ["error", "KeyboardInterrupt"]);
    assert.deepEqual([result, traceback], [expected, ""]);
  }

  it("of a training lets the cell end in good order, keep its variables and leave nothing running", async () => {
    const training = await interrupted(
      `import { interruptible } from "./lib/train/interrupt";
       let steps = 0;
       const before = process.listenerCount("SIGINT");
       const result = await interruptible(async (interrupt) => {
         while (!interrupt.requested) {
           await new Promise((resolve) => setTimeout(resolve, 2));
           if (++steps === 3) BEGUN;
         }
         return { weights: [1, 2] };
       });
       "after"`,
    );
    assertEndedByInterrupt(training, "after");
    const kept = await kernel.execute("result.weights.length + (steps >= 3 ? 10 : 0)");
    assert.equal(kept.result, "12");
    assert.equal((await kernel.execute(standsStill("steps"))).result, "0");
    assert.equal((await kernel.execute('process.listenerCount("SIGINT") - before')).result, "0");
  });

  it("of a training that tells events ends the loop over them", async () => {
    const training = await interrupted(
      `const closed = log.closed;
       let last = 0;
       for await (const step of work()) {
         if (last === 0) BEGUN;
         last = step;
       }
       log.closed - closed`,
    );
    assertEndedByInterrupt(training, "1");
    assert.equal((await kernel.execute(standsStill("log.steps"))).result, "0");
  });

  it("of a training ends Run All: the cells that wait behind it do not run, and those sent later do", async () => {
    const training = interrupted(
      `let reached = 0;
       for await (const step of work()) if (++reached === 2) BEGUN;
       console.log("the chart"); reached > 1`,
    );
    const behind = [kernel.execute("console.log('one')"), kernel.execute("console.log('two')")];
    assertEndedByInterrupt(await training, "true");
    assert.match((await training).stdout, /the chart\n$/);
    const statuses = (await Promise.all(behind)).map((each) => [each.reply.status, each.stdout]);
    assert.deepEqual(statuses, [
      ["aborted", ""],
      ["aborted", ""],
    ]);
    assert.equal((await kernel.execute("reached > 1")).result, "true");
  });

  it("of a training leaves alone what was sent after it", async () => {
    const training = interrupted(
      "let seen = 0; for await (const step of work()) if (++seen === 2) BEGUN; console.log('in good order'); await new Promise((resolve) => setTimeout(resolve, 300));",
    );
    await kernel.printed("in good order");
    const later = await kernel.execute("'later'");
    assertEndedByInterrupt(await training, undefined);
    assert.equal(later.result, "later");
  });

  it("of the cell's own loop is a KeyboardInterrupt, ends the loop and keeps the variables", async () => {
    const loop = await interrupted(
      `let turns = 0;
       const kept = "kept";
       async function turn() {
         for (;;) {
           await new Promise((resolve) => setTimeout(resolve, 2));
           if (++turns === 3) BEGUN;
         }
       }
       await turn();
       const never = 1;`,
    );
    assert.equal(loop.reply.status, "error");
    assert.equal(loop.reply.ename, "KeyboardInterrupt");
    assert.match(loop.traceback, /^KeyboardInterrupt: The cell was interrupted/);
    assert.equal(loop.stderr, "");
    assert.equal((await kernel.execute(standsStill("turns"))).result, "0");
    assert.equal((await kernel.execute("kept")).result, "kept");
  });

  it("closes what the cell was reading", async () => {
    const reading = await interrupted(
      `const closedBefore = log.closed;
       let values = 0;
       for await (const value of endless()) if (++values === 3) BEGUN;`,
    );
    assert.equal(reading.reply.ename, "KeyboardInterrupt");
    const closed = "await new Promise((resolve) => setTimeout(resolve, 20)); log.closed - closedBefore";
    assert.equal((await kernel.execute(closed)).result, "1");
    assert.equal((await kernel.execute(standsStill("log.steps"))).result, "0");
  });

  it("of a computation that never waits is a KeyboardInterrupt", async () => {
    const computing = await interrupted("const start = 5; let count = 0; BEGUN; for (;;) count++;");
    assert.equal(computing.reply.ename, "KeyboardInterrupt");
    assert.equal((await kernel.execute("start")).result, "5");
  });

  it("of a cell that waits for an answer is a KeyboardInterrupt", async () => {
    const asking = kernel.execute(
      "import { ask } from './lib/show/notebook'; await Promise.resolve(); console.log('asking'); await ask('Your name? ');",
      { answers: [] },
    );
    await kernel.printed("asking");
    kernel.interrupt();
    assert.equal((await asking).reply.ename, "KeyboardInterrupt");
    const next = await kernel.execute("await ask('And now? ')", { answers: ["Ann"] });
    assert.equal(next.result, "Ann");
  });

  it("reaches the next cells when a training was left midway", async () => {
    await kernel.execute("const left = work(); await left.next();");
    const next = await interrupted("await Promise.resolve(); BEGUN; await new Promise(() => {});");
    assert.equal(next.reply.ename, "KeyboardInterrupt");
    await kernel.execute("await left.return(undefined);");
  });

  it("while no cell runs does no harm", async () => {
    kernel.interrupt();
    await setTimeout(500); // The kernel hears it before it has a cell.
    assert.equal((await kernel.execute("await Promise.resolve(1) + 1")).result, "2");
  });
});
