import assert from "node:assert/strict";
import { firstSettings } from "../../../site/explorable/settings";
import { haveSameTexts, ownHue, Story } from "../../../site/explorable/story";

describe("the story of the explorable", () => {
  const book = (title: string, author: string) => {
    return { title, author, source: "string", content: `${title}.\n`, weight: 1 };
  };
  const shelf = [book("Moby-Dick", "Herman Melville"), book("Address", "Abraham Lincoln"), book("Songs", "")];

  it("has the visitor's paragraph in a colour that no book has, and each book in its own, whatever is beside it", () => {
    const story = new Story(shelf);
    story.choose("Mine.", shelf);
    const all = story.begin();
    assert.deepEqual(
      all.sources.map(({ name, hue }) => [name, hue]),
      [
        ["you", ownHue],
        ["Melville", 0],
        ["Lincoln", 2],
        ["Songs", 3],
      ],
    );
    assert.equal(all.texts[story.own].content, "Mine.\n");
    story.choose("Mine.", [shelf[2]]);
    assert.deepEqual(
      story.begin().sources.map(({ hue }) => hue),
      [ownHue, 3],
    );
  });

  it("keeps and numbers all runs, each with what it reads and what is bet on it, and knows those that were looked at", () => {
    const story = new Story(shelf);
    assert.equal(story.run, undefined);
    story.choose("Mine.", shelf);
    const first = story.begin(undefined, 40);
    assert.deepEqual([first.number, first.settings, first.bet], [0, firstSettings, 40]);
    story.choose("Another.", [shelf[2]]);
    const second = story.begin({ ...firstSettings, dropout: 0.5 }, "never");
    assert.deepEqual([second.number, second.settings.dropout, second.bet], [1, 0.5, "never"]);
    assert.equal(story.run, second);
    assert.deepEqual(story.runs, [first, second]);
    assert.deepEqual(
      [first, second].map(({ texts }) => texts[story.own].content),
      ["Mine.\n", "Another.\n"],
    );
    assert.deepEqual(
      [first, second].map(({ sources }) => sources.length),
      [4, 2],
    );
    assert.deepEqual(story.lookedAt, []);
    second.looks.push({ readings: 0, seconds: 0, loss: NaN, samples: [], known: [] });
    assert.deepEqual(story.lookedAt, [second]);
  });

  it("reads what is chosen, and knows where that is not what the newest run has read", () => {
    const story = new Story(shelf);
    story.choose("Mine.", shelf);
    assert.equal(story.hasChangedTexts, false, "there is no run yet");
    const first = story.begin(undefined, 40);
    story.choose("Mine.", shelf);
    assert.equal(story.hasChangedTexts, false);
    story.choose("Another.", shelf);
    assert.equal(story.hasChangedTexts, true);
    story.choose("Mine.", [shelf[2]]);
    assert.equal(story.hasChangedTexts, true);
    const again = story.begin({ ...firstSettings, dropout: 0.7 });
    assert.deepEqual([again.texts.length, again.bet, story.hasChangedTexts], [2, undefined, false]);
    assert.deepEqual([haveSameTexts([first, again]), haveSameTexts([again, again])], [false, true]);
  });

  it("stops a run that still reads when the next one begins, and no other", () => {
    const story = new Story(shelf);
    story.choose("Mine.", shelf);
    const first = story.begin();
    const second = story.begin();
    assert.deepEqual([first.state, second.state], ["stopped", "reading"]);
    second.state = "finished";
    story.begin();
    assert.equal(second.state, "finished");
  });

  it("begins nothing where something is missing, and says what", () => {
    const story = new Story(shelf);
    assert.throws(() => story.begin(), /Write a paragraph first/);
    story.choose("Mine.", shelf);
    story.begin();
    story.chosen = "Choose a book.";
    assert.deepEqual([story.missing, story.hasChangedTexts], ["Choose a book.", false]);
    assert.throws(() => story.begin(), /Choose a book/);
    assert.equal(story.runs.length, 1);
  });
});
