import assert from "node:assert/strict";
import { checkWhole, OptionError } from "../../lib/base/option-error";

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

describe("checkWhole", () => {
  it("refuses the first option that is not a whole number of at least so much", () => {
    checkWhole({ length: 0 });
    checkWhole({ n: 1, ahead: 12 }, 1);
    for (const [wrong, least, message] of [
      [{ length: 1.5 }, 0, "Expected `length` to be a whole number, got 1.5"],
      [{ n: 1, ahead: 0 }, 1, "Expected `ahead` to be a whole number of at least 1, got 0"],
      [{ length: "3" }, 0, "Expected `length` to be a whole number, got 3"],
    ] as const)
      assert.throws(() => checkWhole(wrong, least), { name: "OptionError", message });
  });
});
