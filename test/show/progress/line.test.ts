import assert from "node:assert/strict";
import { progressLine } from "../../../lib/show/progress/line";

const megabyte = { label: "Book 1342", total: 1_000_000, unit: "bytes" };

describe("progressLine", () => {
  it("tells how much there is of what, bytes as megabytes", () => {
    assert.equal(progressLine({ ...megabyte, done: 250_000 }), "Book 1342: 0.3 of 1.0 MB");
    assert.equal(progressLine({ label: "Books", done: 2, total: 2, unit: "books" }), "Books: 2 books");
    assert.equal(progressLine({ label: "Reading", done: 12345, unit: "lines" }), "Reading: 12,345 lines");
  });
});
