import assert from "node:assert/strict";
import fc from "fast-check";
import { thin } from "../../../lib/show/chart/thin";

const curve = fc
  .array(fc.double({ min: -100, max: 100, noNaN: true }), { maxLength: 300 })
  .map((values) => values.map((y, x) => ({ x, y })));

describe("thin", () => {
  it("leaves few points as they are", () => {
    const points = [{ x: 0, y: 1 }];
    assert.equal(thin(points, 3), points);
    assert.deepEqual(thin([], 3), []);
  });

  it("keeps no more points than asked for, in their order, the first and the last among them", () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 3, max: 50 }), (points, limit) => {
        const kept = thin(points, limit);
        assert.equal(kept.length, Math.min(limit, points.length));
        assert.deepEqual([kept.at(0), kept.at(-1)], [points.at(0), points.at(-1)]);
        for (let index = 1; index < kept.length; index++) assert.ok(kept[index].x > kept[index - 1].x);
        for (const point of kept) assert.ok(points.includes(point));
      }),
    );
  });

  it("keeps a single peak in a flat line", () => {
    const points = Array.from({ length: 1000 }, (_, x) => ({ x, y: x === 617 ? 5 : 1 }));
    assert.ok(thin(points, 20).some(({ x }) => x === 617));
  });
});
