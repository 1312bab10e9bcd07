import assert from "node:assert/strict";
import { OptionError } from "../../lib/base/option-error";

describe("OptionError", () => {
  it("says what an option should be and what it was, and keeps both", () => {
    const error = new OptionError("minLength", ">= 20", 7, "; trace with the smaller one");
    assert.equal(error.message, "Expected `minLength` >= 20, got 7; trace with the smaller one");
    assert.deepEqual([error.option, error.expected, error.got], ["minLength", ">= 20", 7]);
  });

  it("knows the other options that it is about", () => {
    const error = new OptionError("stride", 'of 1 with `batches` "threads"', 2);
    assert.deepEqual(error.options, ["stride", "batches"]);
  });
});
