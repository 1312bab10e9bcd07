import assert from "node:assert/strict";
import fs from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { nodeProgram, Program } from "../../bench/program";
import { venvPython } from "../../setup/bare/project.mjs";
import { chromiumPath } from "../browser/driven/chromium";
import { temporaryFolder } from "../setup/machine";

const project = process.cwd();
const size = { layers: 2, neurons: 8, vocabulary: 12, time: 4, batch: 3 };
const way = { implementation: "reference", precision: "fp32" };

describe("the program that runs this project's code", () => {
  let own: Program;

  before(async () => {
    own = nodeProgram(project, "palimpsest", "bench/own.ts");
    assert.match(String((await own.about()).implementations), /\breference$/);
  });
  after(() => own.stop());

  it("times training steps, and their losses fall on the same batch", async () => {
    const { weights } = await own.open("step", "step", { ...size, ...way });
    assert.equal(weights, 12 * 32 + 3 * 8 * 32 + 2 * 32 + 8 * 12 + 12);
    const first = await own.run("step", { times: 1 });
    const later = await own.run("step", { times: 3, untimed: 20 });
    assert.equal(later.milliseconds.length, 3);
    assert.ok(later.milliseconds.every((time) => time > 0));
    assert.ok(later.result < first.result, `${first.result} -> ${later.result}`);
    await own.close("step");
  });

  it("times training steps on words, with a full softmax and an adaptive one", async () => {
    const words = { ...size, vocabulary: 20, embedding: 5 };
    const shared = 20 * 5 + (5 + 3 * 8) * 32 + 2 * 32; // embedding, kernels and biases
    const full = await own.open("full", "words", { ...words, cutoffs: [], ...way });
    assert.equal(full.weights, shared + 9 * 20);
    const adaptive = await own.open("adaptive", "words", { ...words, cutoffs: [10], ...way });
    assert.equal(adaptive.weights, shared + 9 * 11 + 8 * 2 + 3 * 10);
    for (const name of ["full", "adaptive"]) {
      const { result } = await own.run(name, { times: 1 });
      assert.ok(result > 1 && result < 6, `${name}: ${result}`);
      await own.close(name);
    }
  });

  it("times training steps of a network that looks back", async () => {
    const options = { ...size, ...way, vocabulary: 20, embedding: 5, skipEmbedding: true, attention: true };
    const { weights } = await own.open("attention", "attention", options);
    const layers = 20 * 5 + (5 + 3 * 8) * 32 + 2 * 32;
    const seen = 5 + 2 * 8; // the embedding and both layers, which attention scores
    assert.equal(weights, layers + seen + 2 * seen * 20 + 20);
    const { result } = await own.run("attention", { times: 1 });
    assert.ok(result > 1 && result < 6, `${result}`);
    await own.close("attention");
  });

  it("times writing", async () => {
    const facts = await own.open("writing", "generation", { ...size, ...way, length: 5 });
    assert.equal(facts.characters, 5);
    assert.equal((await own.run("writing", { times: 1 })).result, 5);
  });

  it("times tracing in the texts of a file, and counts the passages", async function () {
    const file = path.join(temporaryFolder(this), "texts.json");
    const texts = [{ title: "A", author: "B", source: "", weight: 1, content: "the cat sat on the mat" }];
    fs.writeFileSync(file, JSON.stringify({ sample: "a cat sat, on the mat", texts }));
    await own.open("trace", "trace", { file, minLength: 6 });
    assert.equal((await own.run("trace", { times: 2 })).result, 2);
  });

  it("answers what it cannot do with an error, and goes on", async () => {
    await assert.rejects(
      own.run("nothing", { times: 1 }),
      /palimpsest: Expected one of the open .*, got "nothing"/,
    );
    await assert.rejects(own.open("x", "fly", {}), /Expected one of the tasks step, .*, got "fly"/);
    await assert.rejects(
      own.open("x", "step", { ...size, ...way, neurons: -1 }),
      /Expected `neurons` between/,
    );
    assert.equal(typeof (await own.about()).node, "string");
  });
});

describe("the program that times a page in Chromium", function () {
  let own: Program;
  let page: Program;

  before(async function () {
    if (!chromiumPath()) this.skip();
    own = nodeProgram(project, "palimpsest", "bench/own.ts");
    page = nodeProgram(project, "page", "bench/training/in-page.ts", { PALIMPSEST_ISOLATED: "1" });
    const { by, threads } = await page.about();
    assert.equal(by, "WebAssembly");
    assert.ok(Number(threads) >= Math.min(2, availableParallelism()), `${threads} threads`);
  });
  after(() => [own, page].forEach((program) => program?.stop()));

  it("learns there what is learned here", async () => {
    const losses: number[] = [];
    for (const [program, given] of [
      [own, way],
      [page, { precision: "fp32" }],
    ] as const) {
      assert.deepEqual(await program.open("step", "step", { ...size, ...given }), { weights: 1324 });
      losses.push((await program.run("step", { times: 1, untimed: 5 })).result);
      await program.close("step");
    }
    assert.ok(Math.abs(losses[0] - losses[1]) < 1e-4, losses.join());
  });
});

describe("the program that runs this project's code by WebAssembly", () => {
  it("takes the same step on one thread and on two", async () => {
    const losses: number[] = [];
    for (const threads of ["1", "2"]) {
      const program = nodeProgram(project, "wasm", "bench/own.ts", {
        ...{ PALIMPSEST_LSTM: "wasm", PALIMPSEST_THREADS: threads },
      });
      const { implementations, threads: used } = await program.about();
      assert.deepEqual([implementations, String(used)], ["wasm reference", threads]);
      await program.open("step", "step", { ...size, implementation: "wasm", precision: "fp32" });
      losses.push((await program.run("step", { times: 3 })).result);
      program.stop();
    }
    assert.equal(losses[0], losses[1]);
  });
});

describe("a peer's program", () => {
  /** A peer that needs no package, in the project's own Python. */
  function peer(folder: string, lines: string): Program {
    const file = path.join(folder, "peer.py");
    const imports = `import sys\nsys.path.insert(0, ${JSON.stringify(path.join(project, "bench", "peers"))})\n`;
    fs.writeFileSync(file, `${imports}from answer import Task, answer_requests\n${lines}\n`);
    return new Program("peer", [venvPython(project), "-u", file]);
  }

  it("answers in Python as ours do in TypeScript, and what it prints is no answer", async function () {
    const program = peer(
      temporaryFolder(this),
      `
def count(start):
    numbers = iter(range(start, 1000))
    def run():
        print("noise")
        return next(numbers)
    return Task(run, {"start": start})

answer_requests({"count": count, "nan": lambda: Task(lambda: float("nan"))}, {"peer": "1.0"})`,
    );
    assert.deepEqual(await program.about(), { peer: "1.0" });
    assert.deepEqual(await program.open("a", "count", { start: 5 }), { start: 5 });
    const { milliseconds, result } = await program.run("a", { times: 2, untimed: 3 });
    assert.equal(milliseconds.length, 2);
    assert.equal(result, 9);
    await program.open("b", "nan", {});
    assert.ok(!Number.isFinite((await program.run("b", { times: 1 })).result));
    await program.close("a");
    await assert.rejects(program.run("a", { times: 1 }), /peer: KeyError: 'a'/);
    program.stop();
  });

  it("that ends is told by what it last said", async function () {
    const program = peer(temporaryFolder(this), `import a_package_that_nobody_has`);
    await assert.rejects(
      program.about(),
      /peer ended without an answer[^]*No module named 'a_package_that_nobody_has'/,
    );
  });

  it("that does not exist is told too", async () => {
    const program = new Program("peer", ["/nowhere/python"]);
    await assert.rejects(program.about(), /peer ended without an answer[^]*ENOENT/);
  });
});
