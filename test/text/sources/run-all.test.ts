import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { UnreachableError } from "../../../lib/text/sources/fetch";
import { together } from "../../../lib/text/sources/run-all";

describe("together", () => {
  it("gives the results in the order of the tasks, whichever ends first", async () => {
    const tasks = [30, 10, 20].map((wait) => () => sleep(wait, wait));
    assert.deepEqual(await together(tasks), [30, 10, 20]);
  });

  it("has no more tasks under way than it may", async () => {
    let running = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, ++running);
      await sleep(5);
      running--;
    };
    await together(Array(9).fill(task), 2);
    assert.equal(most, 2);
  });

  it("ends all other tasks before it throws the error of one", async () => {
    let ended = false;
    const slow = async () => {
      await sleep(20);
      ended = true;
    };
    await assert.rejects(together([() => Promise.reject(new RangeError("one")), slow]), RangeError);
    assert.ok(ended);
  });

  it("names all errors where several failed", async () => {
    const fail = (error: Error) => () => Promise.reject(error);
    const mixed = together([fail(new UnreachableError("no answer")), fail(new Error("no file"))]);
    await assert.rejects(mixed, (error: Error) => {
      assert.equal(error.message, "2 of 2 failed:\n- no answer\n- no file");
      assert.ok(!(error instanceof UnreachableError));
      return true;
    });
  });

  it("says that nothing could be reached where that is all that failed", async () => {
    const fail = () => Promise.reject(new UnreachableError("no answer"));
    await assert.rejects(together([fail, fail, async () => 1]), UnreachableError);
  });
});
