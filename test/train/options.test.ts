import assert from "node:assert/strict";
import { completeOptions } from "../../lib/train/options";

describe("completeOptions(given)", () => {
  it("refuses a name that is none, as one that is misspelt in a variable, and says which there are", () => {
    const misspelt = { sampleEvry: 50 };
    assert.throws(
      () => completeOptions(misspelt as object),
      /^Error: Unknown option `sampleEvry` of a training; there are .*sampleEvery, /,
    );
    assert.equal(completeOptions({ sampleEvery: 50 }).sampleEvery, 50);
  });

  it("refuses at once what would end a training with its first sample", () => {
    for (const temperatures of [[-1], [0.5, NaN], "0.5"])
      assert.throws(
        () => completeOptions({ temperatures } as object),
        /^OptionError: Expected `temperatures` to be a list of numbers >= 0, got/,
      );
    for (const sampleSeconds of [0, -1, NaN])
      assert.throws(
        () => completeOptions({ sampleSeconds }),
        /^OptionError: Expected `sampleSeconds` > 0, got/,
      );
  });
});
