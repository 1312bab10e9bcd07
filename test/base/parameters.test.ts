import assert from "node:assert/strict";
import { differences } from "../../lib/base/parameters";
import { checkNames } from "../../lib/base/known-names";
import { completeParams } from "../../lib/train/params";

describe("differences", () => {
  it("says what differs, here and there", () => {
    const there = completeParams({ neurons: 128 });
    const here = completeParams({ neurons: 64, seed: 3 });
    assert.deepEqual(differences(here, there, ["neurons", "layers"]), ["`neurons` is 64 here and 128 there"]);
  });
});

describe("checkNames", () => {
  it("names what a misspelt name may have meant, and nothing where none is like it", () => {
    const known = ["neurons", "layers", "sampleEvery"];
    const check = (name: string) => () => checkNames(known, [name], { kind: "parameter" });
    assert.throws(check("neurns"), {
      message: "Unknown parameter `neurns`; there are neurons, layers, sampleEvery. Did you mean `neurons`?",
    });
    assert.throws(check("sample_every"), /Did you mean `sampleEvery`\?$/);
    assert.throws(check("heat"), /there are neurons, layers, sampleEvery$/);
  });
});
