import assert from "node:assert/strict";
import { Story } from "../../../../site/explorable/story";
import { beforeReading } from "../../../../site/explorable/view/before-reading";

describe("what is said in the explorable before another network reads", () => {
  const shelf = [{ title: "Songs", author: "", source: "string", content: "Songs.\n", weight: 1 }];

  it("is nothing where nothing is in the way, and everything is as it was", () => {
    const story = new Story(shelf);
    story.choose("Mine.", shelf);
    assert.equal(beforeReading(story), "");
    story.begin().state = "finished";
    assert.equal(beforeReading(story), "");
  });

  it("is what is missing, which run it stops, and that another paragraph is read", () => {
    const story = new Story(shelf);
    story.choose("Mine.", shelf);
    story.begin();
    assert.equal(beforeReading(story), "Run 1 is still reading: this stops it.");
    story.choose("Another.", shelf);
    assert.match(
      beforeReading(story),
      /^Run 1 is still reading: this stops it\. You have changed what is read/,
    );
    story.chosen = "Choose a book beside it.";
    assert.match(beforeReading(story), /^Something is missing in step “Read”: Choose a book/);
  });
});
