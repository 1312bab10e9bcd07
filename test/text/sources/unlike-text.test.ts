import assert from "node:assert/strict";
import { unlikeText } from "../../../lib/text/sources/unlike-text";

describe("unlikeText", () => {
  const kindOf = (text: string) => unlikeText(Buffer.from(text), "http://localhost/poem.txt");

  it("knows a web page by the tag that it begins with", () => {
    const starts =
      "<!DOCTYPE html>|<noscript>Enable it</noscript>|<pre>404</pre>|<b>404</b>|<br />|<ul><li>|<a href=x>Found</a>|<section>|<IMG src=x>|<Error><Code>";
    for (const start of starts.split("|")) assert.equal(kindOf(`\n${start} words`), "a web page", start);
  });

  it("takes words that begin with such a sign for words", () => {
    for (const text of [
      "<<Non>>, dit-il.",
      "<3 is a heart",
      "< less",
      "<poem> by me",
      "<b-side> of it",
      "I say <b>so</b>",
    ])
      assert.equal(kindOf(text), undefined, text);
  });
});
