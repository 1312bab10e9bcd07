import assert from "node:assert/strict";
import { makeMissing, type Step } from "../../setup/install";
import { temporaryFolder } from "./machine";

/** A step that notes when it is made, and fails while `failures` are left. */
function step(name: string, made: string[], { done = false, failures = 0 } = {}): Step {
  return {
    isDone: () => done,
    async make() {
      made.push(name);
      if (failures-- > 0) throw new Error(`${name} failed`);
      done = true;
    },
  };
}

describe("makeMissing", () => {
  it("makes what is not done, in order", async function () {
    const made: string[] = [];
    const steps = [step("first", made), step("second", made, { done: true }), step("third", made)];
    await makeMissing(temporaryFolder(this), steps);
    assert.deepEqual(made, ["first", "third"]);
  });

  it("makes nothing the second time", async function () {
    const made: string[] = [];
    const steps = [step("first", made), step("second", made)];
    const project = temporaryFolder(this);
    await makeMissing(project, steps);
    await makeMissing(project, steps);
    assert.deepEqual(made, ["first", "second"]);
  });

  it("stops at a step that fails, and goes on from there", async function () {
    const made: string[] = [];
    const steps = [step("first", made), step("second", made, { failures: 1 }), step("third", made)];
    const project = temporaryFolder(this);
    await assert.rejects(makeMissing(project, steps), /second failed/);
    await makeMissing(project, steps);
    assert.deepEqual(made, ["first", "second", "second", "third"]);
  });

  it("makes a step once where two set-ups run at the same time", async function () {
    const made: string[] = [];
    const steps = [step("first", made)];
    const project = temporaryFolder(this);
    await Promise.all([makeMissing(project, steps), makeMissing(project, steps)]);
    assert.deepEqual(made, ["first"]);
  });
});
