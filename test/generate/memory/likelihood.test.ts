import assert from "node:assert/strict";
import { likelihood } from "../../../lib/generate/memory/likelihood";
import { placedTokens } from "../../../lib/generate/memory/placed-tokens";
import { Writer } from "../../../lib/generate/writer";
import { Model } from "../../../lib/network/model";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";

describe("likelihood(model, text)", () => {
  it("is what a writer would have thought of each character", async () => {
    const model = await Model.create({ neurons: 6, layers: 2, seed: 3 }, Vocabulary.of(["abc \n"]));
    const text = "cab abba";
    const { logProbability, crossEntropy } = await likelihood(model, text, { prompt: "ab " });
    const writer = new Writer(model);
    writer.read("ab ");
    const expected = Array.from(text, (character) => {
      const scores = writer.scores().slice(1);
      const id = model.vocabulary.id(character);
      writer.take(id);
      return scores[id - 1] - Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0));
    });
    writer.dispose();
    expected.forEach((nats, at) => assert.ok(Math.abs(nats - logProbability[at]) < 1e-5));
    assert.ok(Math.abs(crossEntropy + expected.reduce((sum, one) => sum + one, 0) / 8) < 1e-5);
    model.dispose();
  });

  it("begins after a line break where nothing was read before", async () => {
    const model = await Model.create({ neurons: 6, layers: 1 }, Vocabulary.of(["abc \n"]));
    const [bare, broken] = [await likelihood(model, "cab"), await likelihood(model, "cab", { prompt: "\n" })];
    assert.deepEqual(bare, broken);
    model.dispose();
  });

  it("shares the nats of a word or a picture out among its units, and knows nothing of what is unknown", async () => {
    const vocabulary = Vocabulary.of(["a rose \u{1f339}"], { level: "words" });
    const model = await Model.create({ neurons: 4, layers: 1, level: "words" }, vocabulary);
    const { logProbability, crossEntropy } = await likelihood(model, "a rose tulip \u{1f339}");
    assert.deepEqual(
      Array.from(logProbability, (nats) => Number.isNaN(nats)),
      [..."a rose tulip ##"].map((_, at) => at >= 6 && at < 12),
    );
    assert.equal(new Set(logProbability.slice(1, 6)).size, 1);
    assert.ok(crossEntropy > 0);
    model.dispose();
  });

  it("tells what the network would rather have written at each place, the likeliest first", async () => {
    const model = await Model.create({ neurons: 6, layers: 2, seed: 3 }, Vocabulary.of(["abc \n"]));
    const text = "ca\u{1f339}b";
    const { alternatives = [] } = await likelihood(model, text, { prompt: "ab ", alternatives: 3 });
    assert.deepEqual(
      alternatives.map(({ start, end }) => [start, end]),
      [
        [0, 1],
        [1, 2],
        [2, 4],
        [4, 5],
      ],
    );
    const writer = new Writer(model);
    writer.read("ab ");
    for (const { start, end, likeliest } of alternatives) {
      const scores = writer.scores().slice(1);
      const sum = scores.reduce((all, score) => all + Math.exp(score), 0);
      const ranked = Array.from(scores, (score, at) => ({
        token: model.vocabulary.tokens[at + 1],
        probability: Math.exp(score) / sum,
      }));
      ranked.sort((one, other) => other.probability - one.probability);
      assert.deepEqual(
        likeliest.map(({ token }) => token),
        ranked.slice(0, 3).map(({ token }) => token),
      );
      likeliest.forEach(({ probability }, rank) => {
        assert.ok(Math.abs(probability - ranked[rank].probability) < 1e-5);
      });
      writer.read(text.slice(start, end));
    }
    writer.dispose();
    const all = (await likelihood(model, "a", { alternatives: 99 })).alternatives?.[0].likeliest;
    assert.equal(all?.length, 5);
    assert.ok(Math.abs(all.reduce((sum, { probability }) => sum + probability, 0) - 1) < 1e-5);
    assert.equal((await likelihood(model, "a")).alternatives, undefined);
    assert.deepEqual((await likelihood(model, "", { alternatives: 2 })).alternatives, []);
    await assert.rejects(
      likelihood(model, "a", { alternatives: 1.5 }),
      /Expected `alternatives` to be a whole/,
    );
    model.dispose();
  });

  it("has no mean of a text that is empty or unknown", async () => {
    const model = await Model.create({ neurons: 4, layers: 1 }, Vocabulary.of(["ab"]));
    for (const text of ["", "xyz"]) {
      const { logProbability, crossEntropy } = await likelihood(model, text);
      assert.equal(logProbability.length, text.length);
      assert.ok(Number.isNaN(crossEntropy));
    }
    model.dispose();
  });
});

describe("placedTokens(vocabulary, text)", () => {
  it("tells where characters begin, of which some take two units", () => {
    const { ids, starts } = placedTokens(Vocabulary.of(["ab"]), "a\u{1f600}b");
    assert.deepEqual([...ids], [1, 0, 2]);
    assert.deepEqual([...starts], [0, 1, 3, 4]);
  });

  it("tells where words begin, known, unknown, and known without their space", () => {
    const vocabulary = Vocabulary.of(["rose is\na"], { level: "words" });
    const { ids, starts } = placedTokens(vocabulary, "a rose, is\nis");
    assert.deepEqual(
      Array.from(ids, (id) => vocabulary.tokens[id]),
      ["a", " ", "rose", "\ufffd", " is", "\n", "\ufffd"],
    );
    assert.deepEqual([...starts], [0, 1, 2, 6, 7, 10, 11, 13]);
  });
});
