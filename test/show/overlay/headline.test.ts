import assert from "node:assert/strict";
import { headline } from "../../../lib/show/overlay/headline";
import { TextLibrary } from "../../../lib/text/library";
import { trace } from "../../../lib/trace/trace";
import { madeUp } from "../../trace/made-up";
import { textOf } from "../../trace/texts";

const content = madeUp(8_000);

describe("headline(trace)", () => {
  it("says how much is copied, how long the longest copy is and how many there are", () => {
    const text = textOf(content);
    assert.deepEqual(headline(trace(`${content.slice(0, 99)}!`, [text])), [
      "100.0% copied",
      `longest ${content.slice(0, 99).trim().length} characters`,
      "1 passage",
    ]);
    assert.deepEqual(headline(trace("What I said.", [text])), ["nothing of 20 characters or more is copied"]);
  });

  it("says beside it how much of held-out text is", () => {
    const { training } = new TextLibrary([textOf(content)], { validation: 0.2 });
    assert.deepEqual(headline(trace(content.slice(0, 99), training)).slice(0, 2), [
      "100.0% copied",
      "of held-out text 0.0%",
    ]);
    assert.deepEqual(headline(trace("What I said.", training)), [
      "nothing of 20 characters or more is copied",
      "of held-out text 0.0%",
    ]);
  });

  it("says where shorter passages are not counted because they are common", () => {
    const formulaic = content
      .split(" ")
      .map((word, index) =>
        index % 40 === 0 ? `${word} for the fiscal year ended June the thirtieth` : word,
      );
    const { training } = new TextLibrary([textOf(formulaic.join(" "))], { validation: 0.2 });
    const words = headline(trace("What I said.", training)).join(" · ");
    assert.match(
      words,
      /^nothing of (\d\d) characters or more is copied · of held-out text 0\.\d% · counted from \1 characters on: shorter phrases are common$/,
    );
  });
});
