import assert from "node:assert/strict";
import { visible } from "../../../lib/show/style/visible";

describe("visible(text)", () => {
  it("shows control characters and what turns text around", () => {
    assert.equal(visible("a\u202eb\u0007\u2067\x1b"), "a⟨U+202E⟩b⟨U+0007⟩⟨U+2067⟩⟨U+001B⟩");
  });

  it("shows halves of surrogate pairs, and leaves whole ones alone", () => {
    assert.equal(visible("😀\ude00\ud83d"), "😀⟨U+DE00⟩⟨U+D83D⟩");
  });

  it("leaves tabs, line feeds, marks of direction and all other text alone", () => {
    const text = "\tDas “Ä”\n\u200fעברית\u200e 😀";
    assert.equal(visible(text), text);
  });
});
