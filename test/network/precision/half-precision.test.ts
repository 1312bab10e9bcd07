import assert from "node:assert/strict";
import fc from "fast-check";
import { fromHalf, halfFrom } from "../../../lib/network/precision/half-precision";

const halves = Uint16Array.from({ length: 0x10000 }, (_, half) => half);
const values = fromHalf(halves);
const finite = [...values].filter((value) => Number.isFinite(value)).sort((one, other) => one - other);

describe("half precision", () => {
  it("comes back from single precision, each of all halves", () => {
    const back = halfFrom(values);
    for (const half of halves) {
      if (Number.isNaN(values[half])) assert.ok(Number.isNaN(fromHalf(back.slice(half, half + 1))[0]));
      else assert.equal(back[half], half);
    }
  });

  it("has the values that the standard says", () => {
    const known = [0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x3555];
    assert.deepEqual(
      [...fromHalf(Uint16Array.from(known))],
      [1, -2, 65504, 2 ** -14, 2 ** -24, 0.333251953125],
    );
    assert.deepEqual(
      [...halfFrom(new Float32Array([0.1, 65519, 65520, -1e9]))],
      [0x2e66, 0x7bff, 0x7c00, 0xfc00],
    );
  });

  it("is the nearest one, the even one in the middle", () => {
    const number = fc.oneof(
      fc.float({ noNaN: true, min: -65504, max: 65504 }),
      fc.float({ noNaN: true, min: Math.fround(-1e-4), max: Math.fround(1e-4) }),
    );
    fc.assert(
      fc.property(number, (value) => {
        const [half] = halfFrom(new Float32Array([value]));
        const rounded = values[half];
        const distance = Math.abs(rounded - value);
        for (const neighbour of neighbours(value)) {
          const further = Math.abs(neighbour - value);
          assert.ok(distance <= further, `${value} -> ${rounded}, nearer is ${neighbour}`);
          if (distance === further && neighbour !== rounded) assert.equal(half & 1, 0);
        }
      }),
      { numRuns: 2000 },
    );
    const middles = new Float32Array(
      finite.slice(0, -1).map((value, index) => (value + finite[index + 1]) / 2),
    );
    halfFrom(middles).forEach((half, index) => {
      if (middles[index] !== 0) assert.equal(half & 1, 0, `${middles[index]}`);
    });
  });
});

/** The halves below and above a number. */
function neighbours(value: number): number[] {
  let [low, high] = [0, finite.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (finite[middle] <= value) low = middle;
    else high = middle;
  }
  return [finite[low], finite[high]];
}
