import assert from "node:assert/strict";
import { random } from "../../lib/base/random";
import { likelihood } from "../../lib/generate/memory/likelihood";
import { Model } from "../../lib/network/model";
import { tf } from "../../lib/network/tensorflow";
import { TextLibrary } from "../../lib/text/library";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";
import { counterfactual, type CounterfactualTrace } from "../../lib/trace/counterfactual";
import { trace } from "../../lib/trace/trace";
import { leaveOneOut, type LeaveOneOut } from "../../lib/train/leave-one-out";
import { textOf } from "./texts";

const planted = "a crooked vane sang by the flooded quay";
const phrases = [
  "as far as I could tell",
  "for the first time in years",
  "there was nothing to be done",
  "on the other side of the road",
];

/** A book of phrases that all books share and words in between; one of them has a sentence ten times. */
function bookOf(seed: number, sentence?: string): string {
  const draw = random(seed);
  const pick = (from: readonly string[]) => from[Math.floor(draw() * from.length)];
  const words = ["rain", "lamp", "road", "stone", "river", "letter", "window", "garden"];
  const lines = Array.from({ length: 120 }, (_, at) => {
    const filler = `${pick(words)} and ${pick(words)}`;
    return `${sentence && at % 12 === 5 ? sentence : pick(phrases)}, ${filler}. `;
  });
  return lines.join("");
}

describe("counterfactual(trace, { by, without })", function () {
  const library = new TextLibrary(
    [textOf(bookOf(1), "One"), textOf(bookOf(2, planted), "Two"), textOf(bookOf(3), "Three")],
    { validation: 0 },
  );
  const sample = `It rained, ${phrases[0]}; ${planted}, lamp and road. ${phrases[1]}. Well, ${phrases[3]}, ${phrases[2]}!`;
  const traced = trace(sample, library.training, { minLength: 18 });
  let networks: LeaveOneOut;
  let compared: CounterfactualTrace;

  before(async () => {
    const params = {
      ...{ neurons: 48, layers: 1, steps: 32, batchSize: 16, iterations: 250 },
      ...{ learningRate: 0.02, dropout: 0 },
    };
    networks = await leaveOneOut(library, { params });
    compared = await counterfactual(traced, networks);
  });

  after(() => {
    for (const model of [networks.by, ...networks.without]) model?.dispose();
  });

  it("ranks a sentence that stands ten times in a book above every phrase that all books share", () => {
    const ranked = compared.passages
      .map(({ start, end, counterfactual }) => ({ words: sample.slice(start, end), ...counterfactual! }))
      .sort((one, other) => other.difference - one.difference);
    assert.ok(ranked.length >= 5);
    assert.ok(ranked[0].words.includes(planted), ranked[0].words);
    assert.equal(ranked[0].text, 1);
    assert.ok(ranked[0].difference > 1, `${ranked[0].difference}`);
    for (const { words, difference } of ranked.slice(1))
      assert.ok(difference < 0.5, `${words}: ${difference}`);
  });

  it("scores a passage after all that stands before it in the sample, as reading it alone would", async () => {
    const [passage] = compared.passages.filter(({ start, end }) =>
      sample.slice(start, end).includes(planted),
    );
    const { start, end, counterfactual } = passage;
    for (const [model, found] of [
      [networks.by, counterfactual!.crossEntropy],
      [networks.without[1]!, counterfactual!.crossEntropyWithout],
    ] as const) {
      const prompt = sample.slice(0, start);
      const { crossEntropy } = await likelihood(model, sample.slice(start, end), { prompt: `\n${prompt}` });
      // The line break with which reading begins is not in the vocabulary here, and read as unknown either way.
      assert.ok(Math.abs(crossEntropy - found) < 1e-3, `${crossEntropy} and ${found}`);
    }
    assert.equal(counterfactual!.compared, end - start);
    const { crossEntropy, crossEntropyWithout, difference } = counterfactual!;
    assert.equal(difference, crossEntropyWithout - crossEntropy);
  });

  it("takes one other network for all books, and leaves out the characters that it does not know", async () => {
    const { by } = networks;
    const others = [...new Set(by.vocabulary.tokens.slice(1))].filter((token) => token !== "q");
    const other = await Model.create({ neurons: 4, layers: 1 }, Vocabulary.of([others.join("")]));
    const { passages } = await counterfactual(traced, { by, without: other });
    const [passage] = passages.filter(({ start, end }) => sample.slice(start, end).includes(planted));
    assert.equal(passage.counterfactual!.compared, passage.end - passage.start - 1);
    assert.ok(passages.every(({ counterfactual }) => counterfactual!.difference > 0));
    other.dispose();
  });

  it("says nothing of passages whose book no network lacks", async () => {
    const { by, without } = networks;
    const { passages } = await counterfactual(traced, { by, without: [undefined, without[1], undefined] });
    const [only] = passages.filter(({ sources }) => sources.length === 1);
    assert.equal(only.counterfactual!.text, 1);
    const none = await counterfactual(traced, { by, without: [undefined, undefined, undefined] });
    assert.ok(none.passages.every((passage) => !("counterfactual" in passage)));
  });

  it("leaves no tensors behind, and refuses networks for other texts", async () => {
    const { numTensors } = tf.memory();
    await counterfactual(traced, networks);
    assert.equal(tf.memory().numTensors, numTensors);
    await assert.rejects(counterfactual(traced, { by: networks.by, without: [] }), {
      message:
        "Expected in `without` a network for each of 3 texts that were traced in, got 0: " +
        "trace in `library.training`, or leave numbers undefined",
    });
  });
});
