import assert from "node:assert/strict";
import fc from "fast-check";
import { fromInt8Rows, int8RowsFrom } from "../../../lib/network/precision/int8-rows";

const number = fc.float({ noNaN: true, min: Math.fround(-1e30), max: Math.fround(1e30) });
const rows = fc
  .integer({ min: 1, max: 9 })
  .chain((width) =>
    fc
      .array(fc.array(number, { minLength: width, maxLength: width }), { maxLength: 6 })
      .map((matrix) => ({ width, values: Float32Array.from(matrix.flat()) })),
  );

describe("rows of eight bits", () => {
  it("have a scale each, by which the largest of a row becomes 127", () => {
    const { scales, numbers } = int8RowsFrom(new Float32Array([254, -2, 0.5, -0.5, 0, 0]), 2);
    assert.deepEqual([...scales], [2, Math.fround(0.5 / 127), 0]);
    assert.deepEqual([...numbers], [127, -1, 127, -127, 0, 0]);
  });

  it("come back with each number at most half a step from what it was", () => {
    fc.assert(
      fc.property(rows, ({ width, values }) => {
        const saved = int8RowsFrom(values, width);
        fromInt8Rows(saved, width).forEach((value, at) => {
          const step = saved.scales[Math.floor(at / width)];
          assert.ok(Math.abs(value - values[at]) <= step * 0.50001 + 2 ** -141, `${value} for ${values[at]}`);
        });
      }),
    );
  });

  it("are the same whole numbers where they are written a second time", () => {
    fc.assert(
      fc.property(rows, ({ width, values }) => {
        const normal = values.map((value) => (Math.abs(value) < 1e-30 ? 0 : value));
        const once = int8RowsFrom(normal, width);
        assert.deepEqual(int8RowsFrom(fromInt8Rows(once, width), width).numbers, once.numbers);
      }),
    );
  });
});
