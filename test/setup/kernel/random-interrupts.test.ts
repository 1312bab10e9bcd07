import assert from "node:assert/strict";
import { random } from "../../../lib/base/random";
import { TestKernel } from "./client";
import { interruptAtRandom, kinds, preparation } from "./random-interrupts";

/** With `--thorough` 500 of them, for which a usual run has no time. */
describe("interrupts at random moments", () => {
  let kernel: TestKernel;
  before(async () => {
    kernel = await TestKernel.start();
    const { reply } = await kernel.execute(preparation);
    assert.equal(reply.status, "ok", reply.evalue);
  });
  after(() => kernel.stop());

  it("end every kind of cell, and none costs a variable, the next cell or the process", async function () {
    const count = Number(process.env.PALIMPSEST_INTERRUPTS ?? 3 * Object.keys(kinds).length);
    this.timeout(60_000 + 3000 * count);
    const { interrupted, normally } = await interruptAtRandom(kernel, count, random(1));
    assert.equal(interrupted + normally, count);
    if (process.env.PALIMPSEST_INTERRUPTS)
      console.log(`      ${interrupted} interrupted, ${normally} ended normally`);
  });

  it("end a training whose step never comes to an end, at the second one", async () => {
    const training = kernel.execute(
      `const taken = await takeInterrupt(); console.log("a step begins"); for (;;) beats.count++;`,
    );
    await kernel.printed("a step begins");
    kernel.interrupt();
    setTimeout(() => kernel.interrupt(), 200);
    assert.equal((await training).reply.ename, "KeyboardInterrupt");
    assert.equal((await kernel.execute("taken.release(); kept.words")).result, "still here");
  });

  it("end what an earlier cell does in the background for ever", async () => {
    await kernel.execute(
      `setImmediate(() => { console.log("in the background"); for (;;) beats.count++; }); 1`,
    );
    await kernel.printed("in the background");
    const waiting = kernel.execute("kept.words");
    kernel.interrupt();
    const { reply, result } = await waiting;
    if (reply.status === "ok") assert.equal(result, "still here");
    assert.equal((await kernel.execute("kept.words")).result, "still here");
  });

  it("leave the rounds of immediates and timers in order", async () => {
    for (const begin of ["setImmediate", "setTimeout"]) {
      const stuck = kernel.execute(
        `${begin}(() => {}); ${begin}(() => { console.log("${begin} stands"); for (;;); }); ${begin}(() => { beats.count = -1; }); await sleep(1e8)`,
      );
      await kernel.printed(`${begin} stands`);
      kernel.interrupt();
      assert.equal((await stuck).reply.ename, "KeyboardInterrupt");
      assert.equal(
        (await kernel.execute("await new Promise(setImmediate); await sleep(2); beats.count")).result,
        "-1",
      );
    }
  });
});
