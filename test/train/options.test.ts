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
});
