import assert from "node:assert/strict";
import { echo } from "../../lib/base/echo";
import { TextLibrary } from "../../lib/text/library";

describe("echo(value)", () => {
  it("says short values back as JSON, and what is none as it is printed", () => {
    assert.equal(echo({ file: "a.txt", heldOut: true }), '{"file":"a.txt","heldOut":true}');
    assert.equal(echo(undefined), "undefined");
  });

  it("shortens long texts, and long lists of short ones, never within a character", () => {
    assert.equal(echo({ content: "word ".repeat(1000) }), `{"content":"${"word ".repeat(12)}…"}`);
    assert.equal(echo(`${"a".repeat(59)}😀b`), `"${"a".repeat(59)}…"`);
    assert.equal(echo(Array(1000).fill("a")).length, 201);
  });

  it("keeps an error about a source short that holds a whole book by a wrong name", async () => {
    const open = TextLibrary.open([{ content: "It was a fine day. ".repeat(5000) } as never]);
    await assert.rejects(
      open,
      ({ message }: Error) => message.length < 300 && /got \{"content":"It was/.test(message),
    );
  });
});
