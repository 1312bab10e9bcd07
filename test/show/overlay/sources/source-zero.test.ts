import assert from "node:assert/strict";
import { ansi } from "../../../../lib/show/overlay/in-terminal";
import { overlay } from "../../../../lib/show/overlay/overlay";
import { TextLibrary } from "../../../../lib/text/library";
import { trace } from "../../../../lib/trace/trace";
import { Zero } from "../../../../lib/trace/zero";
import { madeUp } from "../../../trace/made-up";
import { textOf } from "../../../trace/texts";

const content = madeUp(8_000);
const { training } = new TextLibrary([textOf(content)], { validation: 0.2 });
const sample = content.slice(0, 99);

describe("the list of sources", () => {
  it("ends with what is copied of held-out text, in a page and in a terminal", () => {
    const traced = trace(sample, training);
    assert.match(
      overlay(traced),
      /held-out text has of all of them, from 20 characters on<\/th><td[^>]*><\/td><td[^>]*>0\.0%<\/td>/,
    );
    assert.match(
      ansi(traced, { color: false }),
      /\nheld-out text has of all of them, from 20 characters on: 0\.0%$/,
    );
  });

  it("has beside the share of each text what held-out text has of it", () => {
    const phrase = madeUp(200, 2);
    const both = [`${madeUp(4_000, 3)} ${phrase}`, `${phrase} ${content}`].map((words) => textOf(words));
    const library = new TextLibrary(both, { validation: 0.2 });
    const traced = trace(phrase, library.training, { minLength: 20 });
    const ofText = traced.zero?.ofText(1, 20) ?? 0;
    assert.ok(ofText > 0.05);
    const known = `${(100 * ofText).toFixed(1)}%`;
    assert.match(overlay(traced), new RegExp(`>of held-out text</th>.*>100\\.0%</td><td[^>]*>${known}</td>`));
    assert.match(
      ansi(traced, { color: false }),
      new RegExp(`· 100\\.0% \\(of held-out text ${known}\\) · longest`),
    );
    const unknown = { ...traced, zero: Zero.from({ letters: 9, shares: Array<number>(201).fill(0) }) };
    assert.ok(!overlay(unknown).includes(">of held-out text</th>"));
    assert.ok(!ansi(unknown, { color: false }).includes("(of held-out text"));
  });

  it("does not where that is not known, where nothing is copied, and where samples have not the same", () => {
    const alone = trace(sample, [textOf(content)]);
    const nothing = trace("What I said.", training);
    for (const traced of [alone, nothing]) {
      assert.ok(!overlay(traced).includes("held-out text has"));
      assert.ok(!ansi(traced, { color: false }).includes("held-out text has"));
    }
    const both = [
      { label: "one", trace: trace(sample, training, { minLength: 20 }) },
      { label: "other", trace: { ...alone, texts: training } },
    ];
    assert.ok(!overlay(both).includes("held-out text has"));
  });
});
