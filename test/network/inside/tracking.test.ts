import assert from "node:assert/strict";
import type { Activations } from "../../../lib/network/inside/activations";
import { perToken, trackingUnits } from "../../../lib/network/inside/tracking";
import { random } from "../../../lib/base/random";

const wave = (text: string) => Float32Array.from(text, (character) => (character === "a" ? 1 : 0));

/** Three noisy neurons a layer, but for one that follows the wave, upside down. */
function planted(tokens: readonly string[], until = Infinity): Activations {
  const draw = random(1);
  const values = wave(tokens.join(""));
  const layers = [0, 1].map((layer) =>
    Float32Array.from({ length: tokens.length * 3 }, (_, at) => {
      const [time, neuron] = [Math.floor(at / 3), at % 3];
      return layer === 1 && neuron === 2 && time < until ? 0.1 * draw() - values[time] : draw();
    }),
  );
  return { tokens, neurons: 3, layers };
}

const tokens = Array.from({ length: 400 }, (_, at) => "abba"[(at * at) % 4]);

/** Pearson's correlation as it is in textbooks. */
function correlation(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [a, b] = [one.map((value) => value - mean(one)), other.map((value) => value - mean(other))];
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, at) => sum + value * y[at], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe("trackingUnits(read, feature)", () => {
  it("finds the neuron that follows a feature, upside down too, with both correlations", () => {
    const read = planted(tokens);
    const [best, next] = trackingUnits(read, wave);
    assert.deepEqual([best.layer, best.neuron], [1, 2]);
    assert.ok(Math.abs(next.found) < 0.3);
    const values = [...wave(tokens.join(""))];
    const activation = Array.from(tokens, (_, time) => read.layers[1][time * 3 + 2]);
    assert.ok(Math.abs(best.found - correlation(activation.slice(0, 200), values.slice(0, 200))) < 1e-6);
    assert.ok(Math.abs(best.heldOut - correlation(activation.slice(200), values.slice(200))) < 1e-6);
  });

  it("shows by the held-out part what was chance", () => {
    const [best] = trackingUnits(planted(tokens, 200), wave);
    assert.ok(best.found < -0.9 && Math.abs(best.heldOut) < 0.3, JSON.stringify(best));
  });

  it("leaves out neurons and features that say the same everywhere", () => {
    const silent = { tokens: ["a", "b", "a", "b"], neurons: 1, layers: [new Float32Array(4)] };
    assert.deepEqual(trackingUnits(silent, wave), []);
    assert.deepEqual(
      trackingUnits(planted(tokens), (text) => new Float32Array(text.length)),
      [],
    );
  });

  it("refuses a share that leaves nothing to be found on, or to be checked on", () => {
    for (const share of [0, 1]) {
      assert.throws(() => trackingUnits(planted(tokens), wave, { share }), {
        message: `Expected \`share\` to leave two tokens on both sides of 400, got ${share}`,
      });
    }
  });
});

describe("perToken(tokens, feature)", () => {
  it("takes what a feature says at the last character of each token", () => {
    const position = (text: string) => Float32Array.from({ length: text.length }, (_, at) => at);
    assert.deepEqual([...perToken(["The", " 😀", "."], position)], [2, 5, 6]);
  });
});
