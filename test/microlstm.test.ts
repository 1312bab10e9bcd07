import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import fc from "fast-check";
import ts from "typescript";
import * as micro from "../lib/microlstm";
import { reference } from "../lib/network/implementation";
import { makeOptimizer } from "../lib/network/learning/optimizers";
import { Model } from "../lib/network/model";
import { disposeState } from "../lib/network/state";
import { tf, tidy, type Tensor } from "../lib/network/tensorflow";
import { Vocabulary } from "../lib/text/tokens/vocabulary";
import { TestKernel } from "./setup/kernel/client";
import { traceByHand } from "./trace/by-hand";

const file = path.join(__dirname, "..", "lib", "microlstm.ts");

/** Jane Taylor, "The Star" (1806). */
const rhyme = `Twinkle, twinkle, little star,
How I wonder what you are!
Up above the world so high,
Like a diamond in the sky.

When the blazing sun is gone,
When he nothing shines upon,
Then you show your little light,
Twinkle, twinkle, all the night.
`;

describe("microlstm", () => {
  for (const [neurons, steps] of [
    [1, 1],
    [7, 13],
    [19, 5],
  ])
    it(`has the losses, gradients and weights of the reference, ${neurons} neurons and ${steps} characters a step`, async () => {
      const vocabulary = Vocabulary.of([rhyme]);
      const model = await Model.create({ neurons, layers: 1, seed: 5 }, vocabulary, {
        implementation: reference,
      });
      const network = micro.newNetwork(vocabulary.tokens.join(""), { neurons });
      eachWeight(model, model.weights.variables, (held, values) => network.learned[held].values.set(values));
      const optimizer = makeOptimizer("adam", model.weights.learned, reference);
      const ids = micro.encode(network, rhyme);
      assert.deepEqual(ids, [...vocabulary.encode(rhyme)]);
      let memory = micro.nothingRead(network);
      let state = model.zeroState(1);
      for (let step = 0; step < 5; step++) {
        const piece = ids.slice(step * steps, (step + 1) * steps + 1);
        const one = micro.learn(network, piece, memory);
        const before = state;
        tidy(() => {
          const [read, came] = [piece.slice(0, -1), piece.slice(1)].map((some) =>
            tf.tensor2d(some, [steps, 1], "int32"),
          );
          const { crossEntropy, accuracy, gradients, state: after } = model.learn(read, came, before, step);
          near([one.loss], crossEntropy.dataSync(), "loss");
          eachWeight(model, gradients, (held, values) =>
            near(network.learned[held].gradients, values, `gradients of ${held}, step ${step}`),
          );
          optimizer.apply(gradients, { learningRate: 0.02, clipNorm: 1, weightDecay: 0 });
          accuracy.dispose();
          state = after;
        });
        disposeState(before);
        micro.improve(network, 0.02);
        eachWeight(model, model.weights.variables, (held, values) =>
          near(network.learned[held].values, values, `${held} after step ${step}`),
        );
        near(one.memory.cell, state.layers[0].cell.dataSync(), "cell");
        near(one.memory.hidden, state.layers[0].hidden.dataSync(), "hidden");
        memory = one.memory;
      }
      disposeState(state);
      optimizer.dispose();
      model.dispose();
    });

  it("learns a nursery rhyme and copies it, which its trace shows", () => {
    const network = micro.newNetwork(rhyme, { neurons: 48 });
    const losses = [...micro.train(network, rhyme, { pieces: 400 })];
    assert.ok(losses[0] > 3, String(losses[0]));
    assert.ok(Math.max(...losses.slice(-8)) < 0.1, String(losses.slice(-8)));
    const sample = micro.write(network, "Twin", { length: rhyme.length - 4, temperature: 0.3 });
    assert.equal(sample, rhyme.slice(4));
    assert.deepEqual(micro.trace(sample, rhyme), [{ start: 0, end: sample.length, place: 4 }]);
    assert.equal(micro.show("Like a <star>", []), "Like a &#60;star>");
  });

  it("writes the same for a seed, something else for another, and begins with the text where there is no prompt", () => {
    const network = micro.newNetwork("abcdefgh", { neurons: 3 });
    const write = (seed: number, prompt = "a") => micro.write(network, prompt, { length: 30, seed });
    assert.equal(write(1), write(1));
    assert.notEqual(write(1), write(2));
    assert.equal(write(1, ""), write(1));
  });

  it("refuses a text with nothing to learn, and characters that it does not know", () => {
    assert.throws(() => micro.newNetwork("aaa"), /Expected a text with something to learn, got "aaa"/);
    assert.throws(() => micro.write(micro.newNetwork("ab"), "abc"), /got "c": leave it out/);
  });

  it("traces as the definition says", () => {
    const words = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 30 });
    fc.assert(
      fc.property(words, words, (sample, content) => {
        const text = { title: "", author: "", source: "", content, weight: 1 };
        const byHand = traceByHand(sample, [text], { minLength: 3 });
        const expected = byHand.map(({ start, end, occurrences: [{ offset: place }] }) => ({
          start,
          end,
          place,
        }));
        assert.deepEqual(micro.trace(sample, content, 3), expected);
      }),
    );
  });

  it("marks what is copied, passages that overlap as one, for pages and for terminals", () => {
    const passages = micro.trace("xabcdey<", "abcd bcde", 4);
    assert.equal(passages.length, 2);
    assert.equal(micro.show("xabcdey<", passages), "x<mark>abcde</mark>y&#60;");
    assert.equal(micro.show("xabcdey<", passages, ["[", "]"]), "x[abcde]y<");
  });

  it("is one file of at most 200 lines without an import, and needs nothing of Node.js", () => {
    const source = readFileSync(file, "utf8");
    assert.ok(source.split("\n").length <= 201);
    assert.doesNotMatch(source, /^\s*import\b|\brequire\(/m);
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    const context = vm.createContext({ exports: {} });
    vm.runInContext(ts.transpileModule(source, { compilerOptions: options }).outputText, context);
    const told = vm.runInContext(
      `const network = exports.newNetwork("abab", { neurons: 4 });
       for (const loss of exports.train(network, "abab", { pieces: 100 }));
       exports.write(network, "a", { length: 4 })`,
      context,
    ) as string;
    assert.equal(told, "baba");
  });

  it("runs where it is pasted into a cell", async () => {
    const kernel = await TestKernel.start();
    try {
      const { reply, traceback } = await kernel.execute(readFileSync(file, "utf8"));
      assert.equal(reply.status, "ok", traceback);
      const { stdout } = await kernel.execute(
        `const tiny = newNetwork("abab", { neurons: 4 });
         for (const loss of train(tiny, "abab", { pieces: 100 }));
         console.log(write(tiny, "a", { length: 4 }));`,
      );
      assert.equal(stdout, "baba\n");
    } finally {
      await kernel.stop();
    }
  });
});

/** Tells of each weight of a network of one layer, by the names of both sides, what is held for it. */
function eachWeight(
  model: Model,
  held: readonly Tensor[],
  tell: (name: keyof micro.Network["learned"], values: ArrayLike<number>) => void,
): void {
  const names = {
    input: "lstm_0/kernel",
    recurrent: "lstm_0/recurrent_kernel",
    bias: "lstm_0/bias",
    head: "head/kernel",
    headBias: "head/bias",
  } as const;
  tidy(() => {
    const inKeras = model.weights.toKeras(held);
    for (const [own, name] of Object.entries(names))
      tell(own as keyof typeof names, inKeras.get(name)!.dataSync());
  });
}

function near(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert.equal(actual.length, expected.length, what);
  const apart = Array.from(actual, (value, at) => Math.abs(value - expected[at]));
  assert.ok(Math.max(...apart) < 1e-4, `${what}: ${Math.max(...apart)} apart`);
}
