import assert from "node:assert/strict";
import fc from "fast-check";
import { bytesOf, modelOf } from "../../../site/kernel/models";

type Stored = Parameters<typeof bytesOf>[0];

describe("files as the browser keeps them", () => {
  it("are the same bytes again, whatever they hold", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.deepEqual(bytesOf(modelOf("data/a", bytes) as Stored), bytes);
      }),
    );
    const long = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256);
    assert.deepEqual(bytesOf(modelOf("data/long", long) as Stored), long);
  });

  it("are texts where they are, with their marks", () => {
    const text = "\ufeffEin Mühlrad\r\n";
    const bytes = new TextEncoder().encode(text);
    assert.deepEqual(modelOf("data/a.txt", bytes), {
      path: "data/a.txt",
      type: "file",
      format: "text",
      content: text,
    });
  });
});
