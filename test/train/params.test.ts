import assert from "node:assert/strict";
import { completeParams, defaults } from "../../lib/train/params";

describe("completeParams", () => {
  it("fills in the defaults", () => {
    assert.deepEqual(completeParams({ neurons: 256 }), { ...defaults, neurons: 256 });
  });

  it("names the parameters that exist when one does not", () => {
    assert.throws(
      () => completeParams({ neuron: 256 } as never),
      /Unknown parameter `neuron`; there are .*neurons, layers/,
    );
  });

  it("knows no parameter by a name that every object has", () => {
    for (const name of ["constructor", "toString", "hasOwnProperty"])
      assert.throws(() => completeParams({ [name]: 1 }), new RegExp(`Unknown parameter \`${name}\``));
  });

  it("echoes a value that is out of range", () => {
    assert.throws(() => completeParams({ layers: 17 }), /Expected `layers` between 1 and 16, got 17/);
    assert.throws(() => completeParams({ steps: 1.5 }), /Expected `steps` to be a whole number, got 1.5/);
    assert.throws(() => completeParams({ dropout: NaN }), /Expected `dropout` between 0 and 0.95, got NaN/);
    assert.throws(
      () => completeParams({ learningRate: "1" as never }),
      /Expected `learningRate` between 0 and 10, got 1/,
    );
    assert.throws(
      () => completeParams({ batches: "threads", stride: 3 }),
      /Expected `stride` of 1 with `batches` "threads", got 3/,
    );
    assert.throws(
      () => completeParams({ learningRate: 0.5, weightDecay: 3 }),
      /Expected `weightDecay` of at most 1 \/ `learningRate` = 2, got 3/,
    );
    assert.throws(() => completeParams({ batches: "both" as never }), /one of windows, threads, got both/);
    assert.throws(() => completeParams({ precision: "fp16" as never }), /one of fp32, bf16, got fp16/);
  });
});
