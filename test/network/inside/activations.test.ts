import assert from "node:assert/strict";
import { activations, activationsOf } from "../../../lib/network/inside/activations";
import { reference } from "../../../lib/network/implementation";
import { Model } from "../../../lib/network/model";
import type { Params } from "../../../lib/train/params";
import { disposeState } from "../../../lib/network/state";
import { tf, tidy } from "../../../lib/network/tensorflow";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";

const vocabulary = Vocabulary.of(["abcdefg \n😀"]);
const text = "a bad cab faced a 😀 bead";

/** The hidden state of a layer after each token, as the model itself hands it on, token by token. */
function hiddenByToken(model: Model, ids: Int32Array, layer: number): number[] {
  let state = model.zeroState(1);
  const hidden: number[] = [];
  for (const id of ids) {
    const before = state;
    state = tidy(() => model.read(tf.tensor2d([id], [1, 1], "int32"), before)).state;
    disposeState(before);
    hidden.push(...state.layers[layer].hidden.dataSync());
  }
  disposeState(state);
  return hidden;
}

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  assert.equal(actual.length, expected.length);
  for (let at = 0; at < actual.length; at++) {
    assert.ok(
      Math.abs(actual[at] - expected[at]) < 1e-5,
      `${actual[at]} instead of ${expected[at]} at ${at}`,
    );
  }
}

describe("activations(model, text)", () => {
  const kinds: Partial<Params>[] = [
    {},
    { skipConnections: true },
    { embedding: 5 },
    { embedding: 5, skipEmbedding: true, attention: true, steps: 8 },
  ];
  for (const kind of kinds) {
    it(`tells the hidden states that the model hands on, of a network with ${JSON.stringify(kind)}`, async () => {
      const model = await Model.create({ neurons: 6, layers: 2, ...kind }, vocabulary);
      const read = activations(model, text);
      [0, 1].forEach((layer) => {
        assertClose(read.layers[layer], hiddenByToken(model, vocabulary.encode(text), layer));
      });
      model.dispose();
    });
  }

  it("tells the same whoever computes, also where a text is read in several goes", async () => {
    const long = text.repeat(22);
    const model = await Model.create({ neurons: 6, layers: 2 }, vocabulary);
    const other = await Model.create({ neurons: 6, layers: 2 }, vocabulary, { implementation: reference });
    assertClose(activations(model, long).layers[1], activations(other, long).layers[1]);
    model.dispose();
    other.dispose();
  });

  it("tells the pieces of the text, which laid end to end are the text", async () => {
    const model = await Model.create({ neurons: 2, layers: 1 }, vocabulary);
    const { tokens } = activations(model, `${text} ü`);
    assert.equal(tokens.join(""), `${text} ü`);
    assert.equal(tokens[18], "😀");
    model.dispose();
  });

  it("tells pieces of words, which laid end to end are the text", async () => {
    const subwords = Vocabulary.of(["a rose is a rose ".repeat(9)], { level: "subwords" });
    const model = await Model.create({ neurons: 2, layers: 1, level: "subwords" }, subwords);
    assert.deepEqual(activations(model, "a rose ü").tokens, ["a", " rose", " ", "ü"]);
    model.dispose();
  });

  it("tells words as the network knows them", async () => {
    const words = Vocabulary.of(["a rose is a rose"], { level: "words", maxWords: 3 });
    const model = await Model.create({ neurons: 2, layers: 1, level: "words" }, words);
    assert.deepEqual(
      activations(model, "a rose").tokens,
      words.decode(words.encode("a rose")).match(/ ?\S+/g),
    );
    model.dispose();
  });

  it("begins behind the mark where texts stand between marks", async () => {
    const marked = Vocabulary.of(["abc"], { marked: true });
    const model = await Model.create({ neurons: 4, layers: 1 }, marked);
    const ids = Int32Array.from([marked.mark!, ...marked.encode("cab")]);
    assertClose(activations(model, "cab").layers[0], hiddenByToken(model, ids, 0).slice(4));
    model.dispose();
  });

  it("leaves no tensor behind", async () => {
    for (const kind of kinds) {
      const model = await Model.create({ neurons: 4, layers: 2, ...kind }, vocabulary);
      const before = tf.memory().numTensors;
      activations(model, text);
      assert.equal(tf.memory().numTensors, before);
      model.dispose();
    }
  });
});

describe("activationsOf(read, unit)", () => {
  const read = {
    tokens: ["a", "b"],
    neurons: 2,
    layers: [Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 7, 8)],
  };

  it("takes one neuron out", () => {
    assert.deepEqual(activationsOf(read, { layer: 1, neuron: 0 }), Float32Array.of(5, 7));
  });

  it("refuses a neuron that is not there", () => {
    const message = (told: string) => `Expected a layer from 0 to 1 and a neuron from 0 to 1, got ${told}`;
    assert.throws(() => activationsOf(read, { layer: 2, neuron: 0 }), {
      message: message("layer 2 and neuron 0"),
    });
    assert.throws(() => activationsOf(read, { layer: 0, neuron: 2 }), {
      message: message("layer 0 and neuron 2"),
    });
  });
});
