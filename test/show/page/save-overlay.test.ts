import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { overlayPage, saveOverlay } from "../../../lib/show/page/save-overlay";
import { storyPage } from "../../../lib/show/page/save-story";
import { one } from "../map/made-up-map";
import { TrainingRecord } from "../../../lib/show/watch/training-record";
import { TextLibrary } from "../../../lib/text/library";
import { trace } from "../../../lib/trace/trace";
import { textOf } from "../../trace/texts";
import { book, wholeTraining } from "../told";

const hostile = textOf(
  "One & \"two\" </script><script>document.title = 'hurt'</script> \u202eturned around",
  "</title><b>Book</b>",
);

function dataOf(html: string) {
  const [, json] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json);
}

describe("saveOverlay(trace, file)", () => {
  it("writes one file, whole, in a folder that it makes", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "palimpsest-save-"));
    const traced = trace(hostile.content, [hostile]);
    await saveOverlay(traced, path.join(folder, "new/sample.html"), { title: "Hello" });
    assert.deepEqual(await readdir(path.join(folder, "new")), ["sample.html"]);
    const written = await readFile(path.join(folder, "new/sample.html"), "utf8");
    assert.equal(written, overlayPage(traced, { title: "Hello" }));
    await rm(folder, { recursive: true });
  });

  it("asks nothing of anybody, and forbids it", () => {
    const html = overlayPage(trace(hostile.content, [hostile]));
    assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none';/);
    assert.doesNotMatch(html, /(?:src|href)="(?!data:)/);
  });

  it("holds no element, and no character that turns others around, that comes from a text", () => {
    const html = overlayPage(trace(hostile.content, [hostile]), { title: "</title><script>" });
    assert.equal(html.match(/<script/g)?.length, 3);
    assert.doesNotMatch(html, /<b>Book|\u202e/);
  });

  it("gives the script the words of the books as they are", () => {
    const { books, stretches, samples } = dataOf(overlayPage(trace(hostile.content, [hostile])));
    assert.deepEqual(books, [hostile.title]);
    assert.deepEqual(stretches, [hostile.content]);
    assert.deepEqual(samples, [
      [
        {
          length: hostile.content.replace("\u202e", "").length,
          count: 1,
          texts: 1,
          places: [[0, 0, 0, hostile.content.length, "line 1"]],
        },
      ],
    ]);
  });

  it("gives the script each passage as long as it is in each book", () => {
    const loose = textOf("He went  out.\n\n        Then he came back to the house. And so on.");
    const tight = textOf("He went out. Then he came back to the house, and so on.");
    const traced = trace("He went out. Then he came back to the house!", [loose, tight], {
      collapseWhitespace: true,
    });
    const { stretches, samples } = dataOf(overlayPage(traced));
    const [{ places }] = samples[0];
    assert.deepEqual(
      places.map(([, stretch, at, length]: number[]) => stretches[stretch].slice(at, at + length)),
      [
        "He went  out.\n\n        Then he came back to the house",
        "He went out. Then he came back to the house",
      ],
    );
  });

  it("names texts by their numbers in the library, also where one before them is held out", () => {
    const held = { ...textOf("nothing of this is learned", "Held out"), heldOut: true };
    const { training } = new TextLibrary([held, textOf("the cat sat on the mat and slept", "Cats")], {
      validation: 0,
    });
    const { books, samples } = dataOf(overlayPage(trace("the cat sat on the mat", training)));
    assert.deepEqual(books, ["", "Cats"]);
    assert.deepEqual(samples[0][0].places[0].slice(0, 4), [1, 0, 0, 22]);
  });

  it("shares a stretch between passages that stand near each other", () => {
    const text = textOf(
      `${"a quick brown fox jumps over. "}${"x".repeat(100)}${"the lazy dog sleeps all day. "}`,
    );
    const sample = "a quick brown fox jumps over. !! the lazy dog sleeps all day. ";
    const near = dataOf(overlayPage(trace(sample, [text]), { around: 60 }));
    assert.equal(near.stretches.length, 1);
    assert.deepEqual(near.samples[0][1].places[0].slice(0, 3), [0, 0, text.content.indexOf("the lazy")]);
    assert.equal(dataOf(overlayPage(trace(sample, [text]), { around: 20 })).stretches.length, 2);
  });

  it("has colours only as variables, so that they follow the reader's theme", () => {
    const html = overlayPage(trace(hostile.content, [hostile]));
    const rules = html.slice(html.indexOf("[hidden]"), html.indexOf("</style>"));
    assert.doesNotMatch(rules.replace(/#0002/, ""), /#[0-9a-f]{6}\b/);
    assert.match(rules, /var\(--ground-0-60\)/);
  });
});

describe("saveStory(record, file)", () => {
  it("shows the chart and every sample, and tells the script when each was written", () => {
    const record = new TrainingRecord([book]);
    wholeTraining.forEach((event) => record.add(event));
    const html = storyPage(record, { title: "Emma" });
    assert.equal(html.match(/<figure/g)?.length, 4);
    assert.match(html, /<svg role="img" aria-label="Training at iteration 20: /);
    const { story, frames, last } = dataOf(html);
    assert.deepEqual(story[3], { iteration: 20, temperature: 0.5 });
    assert.equal(frames.length, 4);
    assert.equal(last, 20);
    assert.doesNotMatch(html, /<section|walkStrips/);
  });

  it("shows the map of a book below them, where there is one", () => {
    const record = new TrainingRecord([book]);
    wholeTraining.forEach((event) => record.add(event));
    assert.match(
      storyPage(record, { maps: one }),
      /<section data-map>.*data-strip="0".*<script>.*walkStrips/s,
    );
  });

  it("says what is missing where a training wrote no sample", () => {
    assert.throws(() => storyPage(new TrainingRecord([book])), /Expected a training with samples, got none/);
  });
});
