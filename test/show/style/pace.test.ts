import assert from "node:assert/strict";
import { Pace } from "../../../lib/show/style/pace";

/** A clock that stands still until it is moved. */
function clock() {
  let time = 0;
  return { now: () => time, pass: (milliseconds: number) => void (time += milliseconds) };
}

describe("Pace", () => {
  it("shows at once, and then not before the shortest time has passed", () => {
    const { now, pass } = clock();
    const pace = new Pace({ shortest: 500, now });
    const shown: number[] = [];
    for (let time = 0; time < 1200; time += 100) {
      pace.run(() => shown.push(time));
      pass(100);
    }
    assert.deepEqual(shown, [0, 500, 1000]);
  });

  it("waits the longer the longer showing takes", () => {
    const { now, pass } = clock();
    const pace = new Pace({ shortest: 500, share: 0.05, now });
    assert.ok(pace.run(() => pass(100)));
    pass(1999);
    assert.ok(!pace.run(() => {}));
    pass(1);
    assert.ok(pace.run(() => {}));
  });

  it("never waits longer than the longest time", () => {
    const { now, pass } = clock();
    const pace = new Pace({ shortest: 500, longest: 3000, now });
    pace.run(() => pass(10_000));
    pass(3000);
    assert.ok(pace.run(() => {}));
  });
});
