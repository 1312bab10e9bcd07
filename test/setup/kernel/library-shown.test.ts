import assert from "node:assert/strict";
import { TestKernel } from "./client";

describe("what the library shows in the kernel", function () {
  this.timeout(240_000);
  let kernel: TestKernel;
  before(async () => {
    kernel = await TestKernel.start();
    const { reply } = await kernel.execute(
      `import { Poet, showTraining } from "./lib";
       const words = "the cat sat on the mat and the dog lay by the door, ".repeat(40);
       const small = { neurons: 8, layers: 1, steps: 8, batchSize: 4, iterations: 60, dropout: 0 };
       const poet = await Poet.from({ title: "Cat", text: words }, small);`,
    );
    assert.equal(reply.status, "ok", reply.evalue);
  });
  after(() => kernel.stop());

  it("is a Poet's training as a chart that grows, its numbers and samples, and what stays is a picture", async () => {
    const { outputs, reply } = await kernel.execute(
      "await poet.train({ sampleEvery: 20, sampleLength: 30, logEvery: 2, patience: 0 });",
    );
    assert.equal(reply.status, "ok", reply.evalue);
    const shown = outputs.filter(({ type }) => type === "display_data");
    assert.equal(shown.length, 3);
    const [chart, line, samples] = shown.map(({ content }) =>
      outputs
        .filter(({ content: { transient } }) => transient?.display_id === content.transient.display_id)
        .map(({ content: { data } }) => data),
    );
    assert.match(chart[0]["text/html"], /<script>/);
    assert.match(chart.at(-1)!["text/html"], /^<img [^>]*alt="Training at iteration 60: cross-entropy \d/);
    assert.match(line[0]["text/plain"], /^The training begins/);
    assert.match(line.at(-1)!["text/plain"], /^finished after 60 iterations/);
    assert.match(samples.at(-1)!["text/plain"], /^temperature 0\.5, iteration 60 ·/);
    assert.deepEqual(
      outputs.filter(({ type }) => type === "execute_result"),
      [],
    );
  });

  it("is not shown again as the last expression of its cell, but where a later cell asks for it", async () => {
    const first = await kernel.execute("const layers = poet.summary(); layers;");
    assert.deepEqual(
      first.outputs.map(({ type }) => type),
      ["display_data"],
    );
    const again = await kernel.execute("layers");
    assert.match(again.result ?? "", /^layer +output shape +weights\n/);
    const drawn = await kernel.execute("showTraining(poet.training);");
    assert.deepEqual(
      drawn.outputs.filter(({ type }) => type === "execute_result"),
      [],
    );
  });
});
