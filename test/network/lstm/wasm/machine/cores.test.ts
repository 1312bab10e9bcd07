import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { numbersIn, usableCores } from "../../../../../lib/network/lstm/wasm/machine/cores";
import { abilities, operationsProblem } from "../../../../../lib/network/lstm/fused/operations";

describe("the cores of a machine", () => {
  it("are named by numbers and ranges", () => {
    assert.deepEqual(numbersIn("0-2,5"), [0, 1, 2, 5]);
    assert.deepEqual(numbersIn("7"), [7]);
  });

  it("are at least one, at most as many as hardware threads, and as many as the native operations count", () => {
    assert.ok(usableCores() >= 1 && usableCores() <= availableParallelism());
    if (!operationsProblem()) assert.equal(abilities().threads, usableCores());
  });
});
