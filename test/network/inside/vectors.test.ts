import assert from "node:assert/strict";
import fc from "fast-check";
import { activations } from "../../../lib/network/inside/activations";
import { Model } from "../../../lib/network/model";
import { tf } from "../../../lib/network/tensorflow";
import {
  centred,
  cosine,
  encode,
  nearest,
  principalPlane,
  similarity,
} from "../../../lib/network/inside/vectors";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";

const vocabulary = Vocabulary.of(["abcdefg \n"]);
const texts = ["a bad cab", "b", "faced a bead and a deed ".repeat(20), "add"];

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, within = 1e-5): void {
  assert.equal(actual.length, expected.length);
  for (let at = 0; at < actual.length; at++)
    assert.ok(Math.abs(actual[at] - expected[at]) < within, `${actual[at]} instead of ${expected[at]}`);
}

/** What the layers have after each token of a text, a row for each. */
function rowsOf(model: Model, text: string): number[][] {
  const { tokens, layers, neurons } = activations(model, text);
  return tokens.map((_, time) =>
    layers.flatMap((layer) => [...layer.slice(time * neurons, (time + 1) * neurons)]),
  );
}

function meanOf(rows: readonly number[][]): number[] {
  return rows[0].map((_, at) => rows.reduce((sum, row) => sum + row[at] / rows.length, 0));
}

describe("encode(model, texts)", () => {
  it("is the mean of what all layers have, of each text by itself, in the order of the texts", async () => {
    for (const embedding of [0, 4]) {
      const model = await Model.create({ neurons: 5, layers: 2, embedding }, vocabulary);
      encode(model, texts).forEach((vector, index) =>
        assertClose(vector, meanOf(rowsOf(model, texts[index]))),
      );
      model.dispose();
    }
  });

  it("is, if asked, what is there after the last token, or of one layer", async () => {
    const model = await Model.create({ neurons: 5, layers: 2 }, vocabulary);
    const last = texts.map((text) => rowsOf(model, text).at(-1)!);
    encode(model, texts, { pooling: "last" }).forEach((vector, index) => assertClose(vector, last[index]));
    encode(model, texts, { pooling: "last", layer: 1 }).forEach((vector, index) =>
      assertClose(vector, last[index].slice(5)),
    );
    model.dispose();
  });

  it("reads as much of each text as it is told", async () => {
    const model = await Model.create({ neurons: 3, layers: 1 }, vocabulary);
    assertClose(encode(model, [texts[2]], { length: 10 })[0], encode(model, [texts[2].slice(0, 10)])[0]);
    model.dispose();
  });

  it("takes any number of texts", async () => {
    const model = await Model.create({ neurons: 3, layers: 1 }, vocabulary);
    const many = Array.from({ length: 70 }, (_, index) => texts[1].repeat(1 + (index % 7)));
    const vectors = encode(model, many);
    assert.equal(vectors.length, 70);
    assertClose(vectors[69], vectors[6]);
    assert.deepEqual(encode(model, []), []);
    model.dispose();
  });

  it("refuses an empty text, a layer that is not there and a length of nothing", async () => {
    const model = await Model.create({ neurons: 3, layers: 2 }, vocabulary);
    assert.throws(() => encode(model, ["a", ""]), { message: "Expected words in text 1, got an empty text" });
    assert.throws(() => encode(model, ["a"], { layer: 2 }), {
      message: 'Expected `layer` as "all" or a number from 0 to 1, got 2',
    });
    assert.throws(() => encode(model, ["a"], { length: 0 }), { message: "Expected `length` >= 1, got 0" });
    model.dispose();
  });

  it("leaves no tensor behind", async () => {
    const model = await Model.create({ neurons: 4, layers: 2 }, vocabulary);
    const before = tf.memory().numTensors;
    encode(model, texts);
    assert.equal(tf.memory().numTensors, before);
    model.dispose();
  });
});

describe("similarity(model, query, texts)", () => {
  it("ranks the same text first", async () => {
    const model = await Model.create({ neurons: 8, layers: 2 }, vocabulary);
    const ranked = similarity(model, texts[0], texts);
    assert.equal(ranked[0].text, texts[0]);
    assert.ok(Math.abs(ranked[0].similarity - 1) < 1e-5);
    assert.deepEqual(ranked.map(({ index }) => index).sort(), [0, 1, 2, 3]);
    ranked.slice(1).forEach(({ similarity }, before) => assert.ok(similarity <= ranked[before].similarity));
    model.dispose();
  });

  it("compares a single text as it is", async () => {
    const model = await Model.create({ neurons: 8, layers: 1 }, vocabulary);
    const [one, other] = encode(model, ["a bad cab", "add"]);
    assertClose([similarity(model, "a bad cab", ["add"])[0].similarity], [cosine(one, other)]);
    model.dispose();
  });
});

describe("cosine(one, other)", () => {
  it("is 1 along the same direction, 0 across it, -1 against it, and 0 where there is none", () => {
    const one = Float32Array.of(3, 4);
    const told = [
      [6, 8],
      [-4, 3],
      [-3, -4],
      [0, 0],
    ].map((other) => cosine(one, Float32Array.from(other)));
    assertClose(told, [1, 0, -1, 0]);
  });
});

describe("nearest(vectors)", () => {
  it("finds for each the one that lies in the same direction from the middle of all", () => {
    const vectors = [
      [9, 1],
      [9, 2],
      [1, 9],
      [2, 9],
    ].map((vector) => Float32Array.from(vector));
    assert.deepEqual(nearest(vectors), [1, 0, 3, 2]);
  });

  it("refuses fewer than three", () => {
    assert.throws(() => nearest([Float32Array.of(1)]), { message: "Expected three vectors at least, got 1" });
  });
});

describe("principalPlane(vectors)", () => {
  it("keeps all distances of points that lie in a plane", () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    const plane = fc.array(fc.tuple(number, number), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(plane, (flat) => {
        // Three times as wide as high, so that there is a first axis.
        const spread = [...flat, [3, 0], [-3, 0], [0, 1], [0, -1]].map(([x, y]) =>
          Float32Array.of((x + y) / Math.SQRT2, 1, (x - y) / Math.SQRT2, -2),
        );
        const { points, explained } = principalPlane(spread);
        spread.forEach((one, row) =>
          spread.forEach((other, column) => {
            const far = Math.hypot(...one.map((value, at) => value - other[at]));
            const drawn = Math.hypot(points[row].x - points[column].x, points[row].y - points[column].y);
            assert.ok(Math.abs(far - drawn) < 1e-3, `${drawn} instead of ${far}`);
          }),
        );
        assert.ok(Math.abs(explained[0] + explained[1] - 1) < 1e-4);
        assert.ok(explained[0] > explained[1]);
      }),
      { numRuns: 30 },
    );
  });

  it("refuses fewer than three vectors", () => {
    assert.throws(() => principalPlane([]), { message: "Expected three vectors at least, got 0" });
  });
});

describe("centred(vectors)", () => {
  it("moves the mean to 0", () => {
    assert.deepEqual(centred([Float32Array.of(1, 4), Float32Array.of(3, 8)]), [
      Float32Array.of(-1, -2),
      Float32Array.of(1, 2),
    ]);
  });
});
