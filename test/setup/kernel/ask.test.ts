import assert from "node:assert/strict";
import { TestKernel } from "./client";

describe("ask() in a notebook", () => {
  let kernel: TestKernel;
  before(async () => {
    kernel = await TestKernel.start();
    await kernel.execute('import { ask } from "./lib/show/notebook";');
  });
  after(() => kernel.stop());

  it("waits for the answer to each question", async () => {
    const { stdout } = await kernel.execute(
      'const poet = await ask("Poet? "); const title = await ask("Title? "); console.log(`${poet}: ${title}`);',
      { answers: ["Ann", "The Sea"] },
    );
    assert.equal(stdout, "Ann: The Sea\n");
  });

  it("gives answers in the order of questions that are asked at once", async () => {
    const { result } = await kernel.execute('(await Promise.all([ask("1"), ask("2")])).join()', {
      answers: ["one", "two"],
    });
    assert.equal(result, "one,two");
  });

  it("throws where the front end takes no input", async () => {
    const { reply, traceback } = await kernel.execute('await ask("Poet? ")');
    assert.equal(reply.status, "error");
    assert.match(traceback, /^Error: Nobody is there to answer `Poet\? `: this front end takes no input\n/);
    assert.match(traceback, /at cell\[\d+\]\.ts:1:7/);
  });
});
