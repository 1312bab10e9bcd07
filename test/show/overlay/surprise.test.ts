import assert from "node:assert/strict";
import { ansi } from "../../../lib/show/overlay/in-terminal";
import { headline } from "../../../lib/show/overlay/headline";
import { overlay } from "../../../lib/show/overlay/overlay";
import { overlayPicture } from "../../../lib/show/overlay/picture";
import { cutTraces } from "../../../lib/show/overlay/labelled";
import { levelOf } from "../../../lib/show/overlay/surprise";
import { surpriseColor } from "../../../lib/show/style/surprise-colors";
import { traceNear } from "../../../lib/trace/near/trace-near";
import { textOf } from "../../trace/texts";
import { compared, traced } from "./made-up-comparison";
import { surprising } from "./made-up-surprise";

/** Title, height, colour and words of each bar. */
function barsIn(html: string): string[][] {
  const bars = html.matchAll(
    /<span data-s title="([^"]*)" style="border-top:(\d)px solid (#\w+)">([^<]*)<\/span>/g,
  );
  return Array.from(bars, ([, ...parts]) => parts);
}

describe("an overlay of a trace that knows how surprised the network was", () => {
  const html = overlay(surprising, { pictured: false });

  it("has a bar above what surprised it, the higher the more, and none above what it was sure of", () => {
    assert.deepEqual(barsIn(html), [
      ["1.500 nats", "2", surpriseColor(2), "She said"],
      ["4.000 nats", "6", surpriseColor(4), "laughed"],
    ]);
  });

  it("says where copied and elsewhere how surprised it was, for eyes and ears", () => {
    const elsewhere = (8 * 1.5 + 7 * 4 + 12 * 0.05) / (8 + 7 + 12);
    const words = `surprise 0.050 nats a character where copied, ${elsewhere.toFixed(3)} elsewhere`;
    assert.equal(headline(surprising).at(-1), words);
    assert.ok(html.includes(words));
    assert.match(
      html,
      /a bar above letters: how surprised the network was.*from 0\.5 \(below 61%\).*from 5 \(below 0\.7%\)/,
    );
  });

  it("shows the sample at a glance, a bar for each step", () => {
    const [, cells] = /<div data-skyline style="[^"]*">(.*?)<\/div><\/div>/.exec(html) ?? [];
    const heights = Array.from(
      `${cells}</div>`.matchAll(/flex:(\d+) 1 0%;height:(\d+)px/g),
      ([, width, height]) => [Number(width), Number(height)],
    );
    assert.equal(
      heights.reduce((sum, [width]) => sum + width, 0),
      surprising.sample.length,
    );
    assert.deepEqual(heights[0], [8, 6]);
    assert.deepEqual(heights.at(-2), [7, 12]);
  });

  it("keeps the grounds and lines of the copies", () => {
    const marks = (from: string) => from.match(/<mark [^>]*>/g);
    assert.deepEqual(marks(html), marks(overlay(compared, { pictured: false })));
  });

  it("has none of it where that is not known", () => {
    assert.doesNotMatch(overlay(compared), /data-s|surprise/);
  });

  it("has bars in the words that a near copy has changed, at their places in the sample", () => {
    const book = textOf("the quick brown fox jumps over the lazy dog and runs away from it all");
    const sample = "the quick brown cat jumps over the lazy dog and runs away from it all";
    const near = traceNear(sample, [book], { minLength: 40 });
    assert.equal(near.passages.length, 1);
    const surprise = Float32Array.from(sample, (_, at) => (at >= 16 && at < 19 ? 6 : 0));
    const shown = overlay({ ...near, surprise } as typeof near, { pictured: false });
    assert.match(
      shown,
      /<ins [^>]*><span data-s title="6\.000 nats"[^>]*>cat<\/span><\/ins>|<span data-s title="6\.000 nats"[^>]*><ins [^>]*>cat<\/ins><\/span>/,
    );
  });

  it("shows the beginning of a sample that is too long with its bars", () => {
    const sample = "word ".repeat(2000);
    const surprise = Float32Array.from(sample, (_, at) => at % 2);
    const shown = overlay({ ...traced, sample, passages: [], surprise } as typeof traced, {
      pictured: false,
      room: 20_000,
    });
    assert.ok(shown.length < 60_000, String(shown.length));
    assert.match(shown, /the first \d+ of 10,000 characters/);
  });

  it("is bold in a terminal where the network was much surprised", () => {
    // eslint-disable-next-line no-control-regex
    assert.deepEqual(ansi(surprising, { color: true }).match(/\x1b\[1mlaughed\x1b\[22m/g)?.length, 1);
    assert.ok(!ansi(surprising, { color: true }).includes("\x1b[1mShe"));
    assert.ok(!ansi(surprising, { color: false }).includes("\x1b"));
  });

  it("has its bars in the picture for pages without styles", () => {
    const [bars, none] = [surprising, compared].map((one) => {
      return (overlayPicture(cutTraces(one)).match(/<path [^>]*z"/g) ?? []).length;
    });
    assert.equal(bars, "She said".length + "laughed".length);
    assert.equal(none, 0);
  });
});

describe("levelOf(surprise)", () => {
  it("is 0 where the network was sure, and where nothing is known", () => {
    assert.deepEqual([0, 0.49, 0.5, 1, 2.9, 3, 7, NaN].map(levelOf), [0, 0, 1, 2, 3, 4, 5, 0]);
  });
});
