import assert from "node:assert/strict";
import { Model } from "../../lib/network/model";
import { tf } from "../../lib/network/tensorflow";
import { talk } from "../../lib/show/talk";
import { TextLibrary } from "../../lib/text/library";
import { withAnswers } from "./answering";

const content = "the sea <roars> & the wave falls\n".repeat(9);
const library = new TextLibrary([{ title: "Sea", author: "", source: "string", content, weight: 1 }]);

describe("talk", () => {
  const conversation = withAnswers();
  let model: Model;
  let tensors: number;
  before(async () => {
    model = await Model.create({ neurons: 8 }, library.vocabulary);
    tensors = tf.memory().numTensors;
  });
  afterEach(() => assert.equal(tf.memory().numTensors, tensors, "tensors are left behind"));
  after(() => model.dispose());

  it("shows each answer with its overlay, under the line that was said", async () => {
    const replies = await talk(model, library, { lines: ["the <sea>", ""], copied: 1, temperature: 1 });
    assert.deepEqual(
      replies.map(({ type, line }) => [type, line]),
      [
        ["answer", "the <sea>"],
        ["answer", ""],
      ],
    );
    assert.equal(conversation.shown.length, 2);
    assert.match(conversation.shown[0]["text/html"], /&gt; the &lt;sea&gt; · temperature 1</);
    assert.match(conversation.shown[1]["text/plain"], /^> … · temperature 1 · .*copied/);
    assert.ok(conversation.shown.every((bundle) => bundle["text/html"].includes("<mark ")));
  });

  it("shows what there is to say of a command, with the command where nobody has typed it", async () => {
    await talk(model, library, { lines: ["temperature=<b>", "reset", "bye", "never said"] });
    assert.deepEqual(
      conversation.shown.map((bundle) => bundle["text/plain"]),
      [
        'temperature=<b>: Expected `temperature` as a number, got "<b>"; it stays 0.6.',
        "reset: All that was said is forgotten.",
        "bye: Goodbye!",
      ],
    );
    assert.match(conversation.shown[0]["text/html"], /^<div>temperature=&lt;b&gt;: Expected/);
  });

  it("asks for lines until somebody says bye", async () => {
    conversation.answers = ["reset", "bye", "never asked for"];
    const replies = await talk(model, library);
    assert.deepEqual(
      replies.map(({ type }) => type),
      ["notice", "end"],
    );
    assert.deepEqual(conversation.answers, ["never asked for"]);
    assert.match(conversation.shown[0]["text/plain"], /^Say something\. .* bye ends\.$/);
    assert.equal(conversation.shown.at(-1)?.["text/plain"], "Goodbye!");
  });

  it("ends in good order where nobody is there to answer", async () => {
    conversation.answers = [];
    assert.deepEqual(await talk(model, library), []);
    assert.equal(conversation.shown.at(-1)?.["text/plain"], "Nobody is there to answer `> `");
  });

  it("throws at an option that makes no sense", async () => {
    await assert.rejects(
      talk(model, library, { sentences: 0, lines: [] }),
      /Expected `sentences` to be a whole/,
    );
  });
});
