import assert from "node:assert/strict";
import { howFarBack, lookBack, lossByContext } from "../../../lib/network/inside/look-back";
import { Model } from "../../../lib/network/model";
import type { Params } from "../../../lib/train/params";
import { disposeState } from "../../../lib/network/state";
import { tf, tidy, type NamedTensors, type Tensor } from "../../../lib/network/tensorflow";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";

/** The z stands in no text: it takes the place of mixtures of others. */
const vocabulary = Vocabulary.of(["abcdefg \nz"]);
const text = "a bad cab faced";

/** The logarithms of the probabilities of all tokens to come after some ids. */
function chancesAfter(model: Model, ids: ArrayLike<number>): Float32Array {
  return tidy(() => {
    const column = tf.tensor2d(Array.from(ids), [ids.length, 1], "int32");
    const start = model.zeroState(1);
    const { logits, state } = model.read(column, start);
    disposeState(state);
    return tf.logSoftmax(logits.slice([ids.length - 1, 0])).dataSync<"float32">();
  });
}

/**
 * What the model says of `next` after a text in which the character at a place is one of `share` of another one and of the
 * rest of the one that stands there: the rows of z become that mixture.
 */
function mixed(
  model: Model,
  { at, other, share, next }: { at: number; other: number; share: number; next: number },
) {
  const ids = [...vocabulary.encode(text)];
  const z = vocabulary.id("z");
  const { neurons, embedding } = model.params;
  const weights: NamedTensors = tidy(() =>
    Object.fromEntries(Array.from(model.weights, ([name, weight]) => [name, weight.clone()])),
  );
  const mixing = tidy(() => {
    const changed = Array.from(model.weights, ([name, weight]): [string, Tensor] => {
      const layer = /^lstm_(\d+)\/kernel$/.exec(name);
      const reads = embedding ? name === "embedding/embeddings" : layer;
      const first = layer && Number(layer[1]) > 0 ? neurons : 0;
      if (!reads || weight.shape[0] === first) return [name, weight.clone()];
      const rows = weight.arraySync() as number[][];
      const [from, to] = [rows[first + ids[at]], rows[first + other]];
      rows[first + z] = from.map((value, column) => value + share * (to[column] - value));
      return [name, tf.tensor2d(rows)];
    });
    return Object.fromEntries(changed);
  });
  model.weights.load(mixing);
  ids[at] = z;
  const told = chancesAfter(model, ids)[next];
  model.weights.load(weights);
  tf.dispose([weights, mixing]);
  return told;
}

describe("lookBack(model, text)", () => {
  const kinds: Partial<Params>[] = [
    {},
    { skipConnections: true },
    { embedding: 4 },
    { embedding: 4, skipEmbedding: true },
    { attention: true, steps: 8 },
  ];
  for (const kind of kinds) {
    it(`tells how far the chance moves when another character is mixed in, of a network with ${JSON.stringify(kind)}`, async () => {
      const model = await Model.create({ neurons: 6, layers: 2, ...kind }, vocabulary);
      const ids = [...vocabulary.encode(text)];
      const { influence } = lookBack(model, text, { token: "b", by: "gradient" });
      const next = vocabulary.id("b");
      for (const at of [0, 7, ids.length - 1]) {
        const slopes = ids.map((other) => {
          const moved = [0.02, -0.02].map((share) => mixed(model, { at, other, share, next }));
          return (moved[0] - moved[1]) / 0.04;
        });
        const mean = slopes.reduce((a, b) => a + b) / ids.length;
        const expected = Math.sqrt(slopes.reduce((sum, slope) => sum + (slope - mean) ** 2, 0) / ids.length);
        const told = influence[at];
        assert.ok(
          Math.abs(told - expected) < 1e-4 + 0.02 * expected,
          `${told} instead of ${expected} at ${at}`,
        );
      }
      model.dispose();
    });
  }

  it("asks about the likeliest token, unless another is named, and tells its probability", async () => {
    const model = await Model.create({ neurons: 6, layers: 1 }, vocabulary);
    const chances = chancesAfter(model, vocabulary.encode(text));
    const likeliest = lookBack(model, text);
    assert.equal(likeliest.next, vocabulary.tokens[chances.indexOf(Math.max(...chances))]);
    const named = lookBack(model, text, { token: "g" });
    assert.equal(named.next, "g");
    assert.ok(Math.abs(named.probability - Math.exp(chances[vocabulary.id("g")])) < 1e-6);
    assert.equal(named.tokens.join(""), text);
    model.dispose();
  });

  it("tells the weights of attention, where the network has it", async () => {
    const model = await Model.create({ neurons: 6, layers: 2, attention: true, steps: 8 }, vocabulary);
    tidy(() =>
      model.weights.load({
        ...Object.fromEntries(model.weights),
        "attention/kernel": tf.linspace(-3, 3, 12).reshape([12, 1]),
      }),
    );
    const { influence } = lookBack(model, text);
    assert.equal(influence.length, text.length);
    assert.ok(Math.abs(influence.reduce((a, b) => a + b) - 1) < 1e-5);
    assert.ok(influence.slice(0, -8).every((weight) => weight === 0));
    assert.ok(influence.slice(-8).every((weight) => weight > 0));
    assert.ok(Math.max(...influence) > 0.15, "all alike");
    model.dispose();
  });

  it("refuses attention of a network without, an empty text, and a token that is unknown", async () => {
    const model = await Model.create({ neurons: 2, layers: 1 }, vocabulary);
    assert.throws(() => lookBack(model, text, { by: "attention" }), /Expected a network with attention/);
    assert.throws(() => lookBack(model, ""), {
      message: "Expected a text of at least one character, got none",
    });
    assert.throws(() => lookBack(model, text, { token: "ö" }), {
      message: 'Expected `token` to be one that the model knows, got "ö"',
    });
    model.dispose();
  });

  it("leaves no tensor behind, and the weights as they are", async () => {
    for (const kind of kinds) {
      const model = await Model.create({ neurons: 4, layers: 2, ...kind }, vocabulary);
      const [tensors, before] = [tf.memory().numTensors, chancesAfter(model, [1, 2, 3])];
      lookBack(model, text);
      lookBack(model, text, { by: "gradient" });
      howFarBack(model, text.repeat(3), { positions: 4, back: 9 });
      lossByContext(model, text, [1, 5], { positions: 3 });
      assert.throws(() => lookBack(model, text, { token: "ö" }));
      assert.equal(tf.memory().numTensors, tensors);
      assert.deepEqual(chancesAfter(model, [1, 2, 3]), before);
      model.dispose();
    }
  });
});

describe("howFarBack(model, text)", () => {
  it("tells shares that sum up to 1", async () => {
    const model = await Model.create({ neurons: 6, layers: 2 }, vocabulary);
    const shares = howFarBack(model, text.repeat(5), { positions: 7, back: 20 });
    assert.equal(shares.length, 20);
    assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 1) < 1e-5);
    model.dispose();
  });

  it("tells that a network without memory looks at the last character alone", async () => {
    const model = await Model.create({ neurons: 6, layers: 1 }, vocabulary);
    tidy(() => {
      const bias = Float32Array.from({ length: 24 }, (_, at) => (at >= 6 && at < 12 ? -100 : 0)); // forget gates
      model.weights.load({
        ...Object.fromEntries(model.weights),
        "lstm_0/recurrent_kernel": tf.zeros([6, 24]),
        "lstm_0/bias": tf.tensor1d(bias),
      });
    });
    const [last, ...others] = howFarBack(model, text.repeat(5), { positions: 7, back: 20 });
    assert.ok(Math.abs(last - 1) < 1e-6);
    assert.ok(others.every((share) => share < 1e-6));
    model.dispose();
  });

  it("is, at one place, what lookBack tells there", async () => {
    const model = await Model.create({ neurons: 6, layers: 2 }, vocabulary);
    // The last character comes as often without it: what is drawn in another's place is the same.
    const even = "abcd".repeat(6);
    const { influence } = lookBack(model, even, { token: "a" });
    const sum = influence.reduce((a, b) => a + b);
    const shares = howFarBack(model, `${even}abcd`, { positions: 1, back: even.length });
    [...influence].reverse().forEach((value, back) => assert.ok(Math.abs(shares[back] - value / sum) < 1e-5));
    model.dispose();
  });

  it("refuses a text that is too short", async () => {
    const model = await Model.create({ neurons: 2, layers: 1 }, vocabulary);
    assert.throws(() => howFarBack(model, "abc", { back: 3 }), {
      message: "Expected a text of more than `back` = 3 characters and `positions` >= 1, got 3 and 100",
    });
    model.dispose();
  });
});

describe("lossByContext(model, text, lengths)", () => {
  it("is the mean loss at places before which so many tokens were read", async () => {
    const model = await Model.create({ neurons: 6, layers: 2 }, vocabulary);
    const ids = vocabulary.encode(text);
    const expected = [1, 3, 6].map((length) => {
      const places = [6, 10, 14]; // evenly spread behind the longest
      return -places.reduce(
        (sum, at) => sum + chancesAfter(model, ids.slice(at - length, at))[ids[at]] / 3,
        0,
      );
    });
    const told = lossByContext(model, text, [1, 3, 6], { positions: 3 });
    told.forEach((loss, index) =>
      assert.ok(Math.abs(loss - expected[index]) < 1e-5, `${told} instead of ${expected}`),
    );
    model.dispose();
  });
});
