import assert from "node:assert/strict";
import fc from "fast-check";
import { rounded } from "../../../lib/network/lstm/bfloat16";
import { tf } from "../../../lib/network/tensorflow";

describe("rounded", () => {
  it("gives the nearest number whose lower 16 bits are zero", () => {
    fc.assert(
      fc.property(
        fc.float({ min: -(2 ** 100), max: 2 ** 100, noNaN: true, noDefaultInfinity: true }),
        (number) => {
          fc.pre(number === 0 || Math.abs(number) > 1e-30);
          const [nearest] = tf.tidy(() => rounded(tf.tensor1d([number])).dataSync());
          const bits = new Uint32Array(Float32Array.of(nearest).buffer)[0];
          assert.equal(bits & 0xffff, 0);
          assert.ok(Math.abs(nearest - number) <= Math.abs(number) / 256, `${nearest} is far from ${number}`);
        },
      ),
    );
  });

  it("leaves numbers of 8 bits alone", () => {
    const numbers = [0, 1, -3, 255 / 64, 1 + 1 / 128];
    assert.deepEqual(
      tf.tidy(() => Array.from(rounded(tf.tensor1d(numbers)).dataSync())),
      numbers.map(Math.fround),
    );
  });
});
