import assert from "node:assert/strict";
import {
  checkpointLine,
  endLine,
  logLine,
  sampleLabel,
  validationLine,
} from "../../../lib/show/watch/log-line";
import type { StepEvent } from "../../../lib/train/events";

const step: StepEvent = {
  type: "step",
  iteration: 400,
  iterations: 2000,
  epoch: 1.3249,
  crossEntropy: 1.83213,
  accuracy: 0.4561,
  learningRate: 1e-3,
  gradientNorm: 0.7,
  tokensPerSecond: 12339.6,
  seconds: 38,
  secondsLeft: 151,
};

describe("logLine", () => {
  it("tells epoch, iteration, cross-entropy, accuracy, characters per second and time left", () => {
    assert.equal(
      logLine(step),
      "epoch 1.32 · iteration 400 of 2,000 · cross-entropy 1.832 · accuracy 45.6% · 12,340 tokens/s · 2 min 31 s left",
    );
  });
});

describe("validationLine", () => {
  it("tells loss and accuracy", () => {
    assert.equal(
      validationLine({ type: "validation", iteration: 1400, crossEntropy: 1.9011, accuracy: 0.432 }),
      "validation at iteration 1,400: cross-entropy 1.901, accuracy 43.2%",
    );
  });
});

describe("validationLine of longer tokens", () => {
  it("tells the loss in nats a character too, so that it compares with one of characters", () => {
    const event = {
      type: "validation",
      iteration: 9,
      crossEntropy: 3.6,
      perCharacter: 1.2,
      accuracy: 0.3,
    } as const;
    assert.match(validationLine(event), /: cross-entropy 3\.600 \(1\.200 a character\), accuracy/);
    assert.match(validationLine({ ...event, perCharacter: 3.59 }), /: cross-entropy 3\.600, accuracy/);
  });
});

describe("checkpointLine", () => {
  it("tells where it is and whether it is the best", () => {
    const checkpoint = { type: "checkpoint", iteration: 400, folder: "data/runs/400", best: false } as const;
    assert.equal(checkpointLine(checkpoint), "checkpoint at iteration 400: data/runs/400");
    assert.equal(
      checkpointLine({ ...checkpoint, best: true }),
      "checkpoint at iteration 400: data/runs/400, the best so far",
    );
  });
});

describe("sampleLabel", () => {
  it("tells the temperature, the iteration and the prompt, where that is more than white space", () => {
    const sample = { type: "sample", iteration: 400, temperature: 0.7, prompt: "\n" } as const;
    assert.equal(sampleLabel(sample), "temperature 0.7, iteration 400");
    assert.equal(sampleLabel({ ...sample, prompt: "The " }), "temperature 0.7, iteration 400, after “The ”");
  });
});

describe("endLine", () => {
  it("tells why a training ended, and when", () => {
    const line = (reason: "finished" | "time" | "interrupted") =>
      endLine({ type: "end", iteration: 2000, reason, seconds: 61 });
    assert.equal(line("finished"), "finished after 2,000 iterations and 1 min 1 s");
    assert.equal(line("time"), "stopped, its time being up, after 2,000 iterations and 1 min 1 s");
    assert.equal(line("interrupted"), "interrupted after 2,000 iterations and 1 min 1 s");
  });
});
