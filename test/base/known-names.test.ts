import assert from "node:assert/strict";
import { checkNames } from "../../lib/base/known-names";

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
