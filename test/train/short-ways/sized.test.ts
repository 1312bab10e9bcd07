import assert from "node:assert/strict";
import { isEnglish } from "../../../lib/text/english";
import { TextLibrary } from "../../../lib/text/library";
import { defaults } from "../../../lib/train/params";
import { shortOptions, startShort } from "../../../lib/train/short-ways/short-ways";
import { heldOutShare, sizedParams } from "../../../lib/train/short-ways/sized";
import { Training } from "../../../lib/train/training";
import { eventsOf } from "../small";

const nonsense = (characters: number) => "wol rif sug tam. ".repeat(characters / 17 + 1).slice(0, characters);
const libraryOf = (content: string) =>
  new TextLibrary([{ title: "T", author: "", source: "string", content, weight: 1 }], { validation: 0.2 });
const english =
  "It was a small house by the sea, and she had lived in it for all the years that she could remember. " +
  "They said of her that he who came to the door was asked for his name, and that this was not the way of the world. ";

describe("sizedParams()", () => {
  it("takes shorter windows, smaller batches, fewer steps and more dropout the smaller a text is", () => {
    assert.deepEqual(sizedParams(300), { steps: 16, batchSize: 4, iterations: 150, dropout: 0.5 });
    assert.deepEqual(sizedParams(5000), { steps: 32, batchSize: 16, iterations: 300, dropout: 0.5 });
    assert.deepEqual(sizedParams(60_000), { steps: 64, batchSize: 32, iterations: 800, dropout: 0.3 });
  });

  it("leaves what is told, and large texts and those that fill hardly a window, as they are", () => {
    assert.deepEqual(sizedParams(60_000, { dropout: 0, iterations: 9 }), { steps: 64, batchSize: 32 });
    assert.deepEqual(sizedParams(1_000_000), {});
    assert.deepEqual(sizedParams(100), {});
  });
});

describe("heldOutShare()", () => {
  it("is larger for small texts", () => {
    assert.deepEqual([300, 5000, 20_000, 60_000, 1e6].map(heldOutShare), [0.2, 0.2, 0.15, 0.05, 0.05]);
  });
});

describe("isEnglish()", () => {
  it("knows English by its small words", () => {
    assert.ok(isEnglish(english));
    assert.ok(!isEnglish(nonsense(2000)));
    assert.ok(
      !isEnglish(
        "Es war ein kleines Haus am Meer, und sie hatte darin gewohnt, seit sie denken konnte; in der Stadt sprach man davon, " +
          "dass der, der an die Tür kam, nach seinem Namen gefragt wurde.",
      ),
    );
  });
});

describe("Training.start", () => {
  it("lets params follow the size of the texts where none of them is told, and says so in its first event", async () => {
    const training = await Training.start(libraryOf(nonsense(2000)), { neurons: 8, layers: 1 });
    const { steps, batchSize, iterations, dropout } = training.params;
    assert.deepEqual({ steps, batchSize, iterations, dropout }, sizedParams(1600));
    const stop = AbortSignal.abort();
    const [notice] = await eventsOf(training, { signal: stop });
    assert.ok(notice.type === "notice" && notice.about === "size");
    assert.match(
      notice.text,
      /^1,\d+ characters are a small text, so it is learned with steps 32, batchSize 4, iterations 300 and dropout 0\.5, unless told otherwise\.$/,
    );
    assert.equal((await eventsOf(training, { signal: stop })).length, 1);
    training.dispose();
    const told = await Training.start(libraryOf(nonsense(2000)), { neurons: 8, layers: 1, steps: 8 });
    assert.deepEqual([told.params.dropout, told.params.batchSize], [defaults.dropout, defaults.batchSize]);
    told.dispose();
  });
});

describe("the short ways", () => {
  it("begin with the pretrained network for small English texts, and say so", async () => {
    const { training, card } = await startShort(libraryOf(english.repeat(5)));
    assert.equal(training.params.neurons, 384);
    assert.equal(training.params.learningRate, 2e-3);
    assert.ok(card && card.texts.length > 0);
    const notices = training.takeNotices().map(({ text }) => text);
    assert.match(notices.join("\n"), /It begins with the pretrained network, which knows English already/);
    training.dispose();
  });

  it("begin with nothing where they are told to, where another shape is asked for, and for other languages", async () => {
    const small = { neurons: 8, layers: 1 };
    for (const [content, params, pretrained] of [
      [english.repeat(5), {}, false],
      [english.repeat(5), small, true],
      [nonsense(1000), {}, true],
    ] as const) {
      const { training, card } = await startShort(libraryOf(content), params, { pretrained });
      assert.equal(card, undefined);
      assert.equal(training.params.neurons, "neurons" in params ? 8 : defaults.neurons);
      assert.match(
        training
          .takeNotices()
          .map(({ text }) => text)
          .join("\n"),
        /characters are too few for a network that knows nothing/,
      );
      training.dispose();
    }
  });

  it("validate about once an epoch, with patience, and show samples of short trainings too, unless told otherwise", async () => {
    const { training } = await startShort(libraryOf(nonsense(2000)), { neurons: 8, layers: 1 });
    assert.deepEqual(shortOptions(training, {}), {
      validateEvery: 12,
      patience: 5,
      restoreBest: true,
      sampleEvery: 75,
    });
    training.params.iterations = 2000;
    assert.equal(shortOptions(training, {}).sampleEvery, 250);
    assert.equal(shortOptions(training, { patience: 0 }).patience, 0);
    training.dispose();
  });
});
