import assert from "node:assert/strict";
import {
  multipliedWeights,
  parseSize,
  sizeName,
  stepOperations,
  weightCount,
} from "../../../bench/training/network-size";
import { Model } from "../../../lib/network/model";
import { Vocabulary } from "../../../lib/text/tokens/vocabulary";

describe("stepOperations", () => {
  it("counts, for one layer, its recurrent weights and the head", () => {
    // 3 x 12 recurrent weights and 3 x 5 of the head; 6 operations for each and each of 2 x 4 characters.
    const size = { layers: 1, neurons: 3, vocabulary: 5, time: 2, batch: 4 };
    assert.equal(multipliedWeights(size), 36 + 15);
    assert.equal(stepOperations(size), 6 * 8 * 51);
  });

  it("counts, for further layers, those from the layer below as well", () => {
    // 4 x 512: 7 matrices of 512 x 2,048 and one of 512 x 90.
    const size = { layers: 4, neurons: 512, vocabulary: 90, time: 64, batch: 64 };
    assert.equal(multipliedWeights(size), 7_386_112);
    assert.equal(stepOperations(size), 181_521_088_512);
  });
});

describe("weightCount", () => {
  for (const [layers, neurons] of [
    [1, 5],
    [3, 8],
  ]) {
    it(`is the number that a real network of ${layers} layers has`, async () => {
      const vocabulary = Vocabulary.of(["abcdef"]);
      const model = await Model.create({ layers, neurons }, vocabulary);
      assert.equal(weightCount({ layers, neurons, vocabulary: vocabulary.size }), model.size);
      model.dispose();
    });
  }
});

describe("the size of a network", () => {
  it("has a name that can be read back", () => {
    assert.equal(sizeName({ layers: 2, neurons: 128 }), "2x128");
    assert.deepEqual(parseSize("2x128"), { layers: 2, neurons: 128 });
  });

  it("is refused where it is none", () => {
    for (const name of ["128", "2x", "0x5", "2 x 128"]) {
      assert.throws(() => parseSize(name), new RegExp(`Expected a size as 2x128, got "${name}"`));
    }
  });
});
