import assert from "node:assert/strict";
import { summaries } from "../../../lib/show/tensorboard/summaries";
import { TextLibrary } from "../../../lib/text/library";
import { madeUp } from "../../trace/made-up";
import { textOf } from "../../trace/texts";

describe("summaries(event)", () => {
  it("has beside the copied share of a sample that of held-out text, where there is some", () => {
    const text = madeUp(8_000);
    const sample = {
      type: "sample",
      iteration: 1,
      temperature: 0.5,
      prompt: "",
      text: text.slice(0, 99),
    } as const;
    const tags = (texts: TextLibrary) =>
      summaries(sample, { texts }).map(({ tag, simpleValue }) => [tag, simpleValue]);
    assert.deepEqual(tags(new TextLibrary([textOf(text)], { validation: 0.2 })).slice(0, 2), [
      ["copied share/temperature 0.5", 1],
      ["copied share/held-out text", 0],
    ]);
    assert.equal(
      tags(new TextLibrary([textOf(text)], { validation: 0 }))[1][0],
      "longest copy/temperature 0.5",
    );
  });
});
