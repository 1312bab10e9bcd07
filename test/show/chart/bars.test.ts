import assert from "node:assert/strict";
import { showBars } from "../../../lib/show/chart/bars";
import { barsInWords } from "../../../lib/show/chart/bars-in-words";
import { inRecordedNotebook } from "../watch/recording";
import { chart } from "./step-bars";

describe("showBars", () => {
  it("leaves an image in a notebook, and the words for whoever does not see it", async () => {
    const [output] = await inRecordedNotebook(() => showBars(chart));
    assert.match(
      output.html[0],
      /^<img src="data:image\/svg\+xml;base64,[^"]+" alt="A step &lt;of two&gt;: /,
    );
    assert.deepEqual(output.text, [barsInWords(chart)]);
  });
});
