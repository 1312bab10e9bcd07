import assert from "node:assert/strict";
import fc from "fast-check";
import { choose } from "../../lib/generate/choose";
import { random } from "../../lib/base/random";

const all = { temperature: 1, topK: 0, topP: 1 };
const logits = Float32Array.of(9, Math.log(1), Math.log(2), Math.log(3), Math.log(4));

/** How often each id comes in 10,000 draws. */
function shares(choice: typeof all): number[] {
  const draw = random(1);
  const counts = new Array(logits.length).fill(0);
  for (let index = 0; index < 10_000; index++) counts[choose(logits, choice, draw())] += 1;
  return counts.map((count) => count / 10_000);
}

function near(actual: number[], expected: number[]): void {
  actual.forEach((value, index) => assert.ok(Math.abs(value - expected[index]) < 0.02, `${actual}`));
}

describe("choose", () => {
  it("draws characters as often as their probability says, and never the unknown one", () => {
    near(shares(all), [0, 0.1, 0.2, 0.3, 0.4]);
  });

  it("sharpens with a temperature below 1 and takes the likeliest at 0", () => {
    near(
      shares({ ...all, temperature: 0.5 }),
      [0, 1, 4, 9, 16].map((weight) => weight / 30),
    );
    near(shares({ ...all, temperature: 0 }), [0, 0, 0, 0, 1]);
  });

  it("keeps the likeliest topK", () => {
    near(shares({ ...all, topK: 2 }), [0, 0, 0, 3 / 7, 4 / 7]);
  });

  it("keeps the fewest characters that reach topP together", () => {
    near(shares({ ...all, topP: 0.39 }), [0, 0, 0, 0, 1]);
    near(shares({ ...all, topP: 0.41 }), [0, 0, 0, 3 / 7, 4 / 7]);
  });

  it("applies topP to what topK left", () => {
    near(shares({ ...all, topK: 2, topP: 0.5 }), [0, 0, 0, 0, 1]);
  });

  it("chooses an id of the vocabulary whatever the scores and the draw", () => {
    const scores = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 9 });
    const options = fc.record({
      temperature: fc.double({ min: 0, max: 5, noNaN: true }),
      topK: fc.nat(10),
      topP: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        scores,
        options,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (list, choice, drawn) => {
          const id = choose(Float32Array.from(list), choice, drawn);
          assert.ok(Number.isInteger(id) && id >= 1 && id < list.length);
        },
      ),
    );
  });
});
