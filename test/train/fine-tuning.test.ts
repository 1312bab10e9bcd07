import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { implementations } from "../../lib/network/implementation";
import type { Params } from "../../lib/train/params";
import { TextLibrary } from "../../lib/text/library";
import { resumeTraining } from "../../lib/train/saved/checkpoint";
import { train } from "../../lib/train/train";
import { Training } from "../../lib/train/training";
import { eventsOf, lossesOf, smallLibrary, smallParams, weightsOf } from "./small";

/** A book in the words of the small library's first, and some of its own: "z" is in neither of those. */
function otherLibrary(): TextLibrary {
  const content = "the wave of zeal, the salt of the zany sail.\n".repeat(40);
  return new TextLibrary([{ title: "Zeal", author: "", source: "string", content, weight: 1 }], {
    validation: 0.1,
  });
}

describe("a training that goes on from a model", () => {
  let trained: Training;
  before(async () => {
    trained = await Training.start(smallLibrary(), { ...smallParams, iterations: 300 });
    await eventsOf(trained, { sampleEvery: 0, validateEvery: 0 });
  });
  after(() => trained.dispose());

  const shapes: Partial<Params>[] = [
    {},
    { skipConnections: true },
    { embedding: 5, skipEmbedding: true, attention: true },
    { level: "words", embedding: 5 },
    { level: "words", softmax: "adaptive", cutoffs: [5, 9] },
  ];
  for (const shape of shapes) {
    it(`learns new tokens and keeps all else, bit for bit: ${JSON.stringify(shape)}`, async () => {
      const first = await Training.start(smallLibrary(), { ...smallParams, ...shape });
      await eventsOf(first, { sampleEvery: 0 });
      const second = await Training.start(otherLibrary(), {}, { model: first.model });
      const [known, extended] = [first.model.vocabulary, second.model.vocabulary];
      assert.deepEqual(extended.tokens.slice(0, known.size), known.tokens);
      const added = extended.tokens.slice(known.size);
      assert.ok(added.length > 0 && added.every((token) => known.id(token) === 0));
      const before = new Map(first.model.weights);
      for (const [name, weight] of second.model.weights) {
        const learned = before.get(name)!;
        const begin = weight.shape.map(() => 0);
        assert.deepEqual(weight.slice(begin, learned.shape).dataSync(), learned.dataSync(), name);
      }
      const [loss] = (await lossesOf(second)).slice(-1);
      assert.ok(Number.isFinite(loss));
      [first, second].forEach((training) => training.dispose());
    });
  }

  it("learns a small text in fewer steps than one that begins with nothing", async () => {
    const params = { ...smallParams, iterations: 40 };
    const on = await Training.start(otherLibrary(), params, { model: trained.model });
    const anew = await Training.start(otherLibrary(), params);
    const [here, there] = [await lossesOf(on), await lossesOf(anew)];
    here.forEach((loss, index) => assert.ok(loss < there[index], `${here} and ${there}`));
    [on, anew].forEach((training) => training.dispose());
  });

  for (const implementation of implementations.filter(({ problem }) => problem() === "")) {
    it(`leaves its frozen layers as they are: ${implementation.name}`, async () => {
      const params = { ...smallParams, iterations: 20, frozenLayers: 1 };
      const training = await Training.start(smallLibrary(2), params, {
        model: trained.model,
        implementation,
      });
      const before = weightsOf(training);
      await eventsOf(training, { sampleEvery: 0 });
      for (const [name, weights] of Object.entries(weightsOf(training))) {
        const same = name.startsWith("lstm_0/");
        assert.equal(JSON.stringify(weights) === JSON.stringify(before[name]), same, name);
      }
      training.dispose();
    });
  }

  it("goes on after a stop as if there had been none, with new tokens and frozen layers", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "palimpsest-fine-"));
    const params = { ...smallParams, iterations: 30, frozenLayers: 1 };
    const through = await Training.start(otherLibrary(), params, { model: trained.model });
    await eventsOf(through, { sampleEvery: 0 });
    const stopped = await Training.start(otherLibrary(), params, { model: trained.model });
    for await (const event of train(stopped, { checkpoints: folder, checkpointEvery: 10, sampleEvery: 0 }))
      if (event.type === "checkpoint" && event.iteration === 10) break;
    const resumed = await resumeTraining(folder, otherLibrary());
    assert.equal(resumed.position.iteration, 10);
    await eventsOf(resumed, { sampleEvery: 0 });
    assert.deepEqual(weightsOf(resumed), weightsOf(through));
    [through, stopped, resumed].forEach((training) => training.dispose());
    fs.rmSync(folder, { recursive: true });
  });

  it("refuses another shape, another level, and more frozen layers than there are", async () => {
    const start = (params: Partial<Params>) =>
      Training.start(otherLibrary(), params, { model: trained.model });
    await assert.rejects(start({ neurons: 13 }), /`neurons` is 13 here and 12 there/);
    await assert.rejects(start({ level: "words" }), /`level` is words here and characters there/);
    await assert.rejects(start({ frozenLayers: 3 }), /Expected `frozenLayers` between 0 and 2, got 3/);
  });
});
