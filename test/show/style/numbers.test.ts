import assert from "node:assert/strict";
import { count, duration, nats, share } from "../../../lib/show/style/numbers";

describe("numbers", () => {
  it("count sets the thousands apart and drops fractions", () => {
    assert.equal(count(1234567.4), "1,234,567");
    assert.equal(count(0), "0");
  });

  it("share is a percentage with one digit after the point", () => {
    assert.equal(share(0.4567), "45.7%");
    assert.equal(share(1), "100.0%");
  });

  it("nats has three digits after the point", () => {
    assert.equal(nats(1.45678), "1.457");
  });

  it("duration is exact to the second below an hour and to the minute above it", () => {
    assert.equal(duration(9.4), "9 s");
    assert.equal(duration(59.6), "1 min 0 s");
    assert.equal(duration(151), "2 min 31 s");
    assert.equal(duration(3599.7), "1 h 0 min");
    assert.equal(duration(7500), "2 h 5 min");
  });
});
