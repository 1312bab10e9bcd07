import assert from "node:assert/strict";
import { writeTogether } from "../../lib/generate/interactive";
import { Model } from "../../lib/network/model";
import { tf } from "../../lib/network/tensorflow";
import { writeInTurns } from "../../lib/show/write-in-turns";
import { Vocabulary } from "../../lib/text/tokens/vocabulary";
import { withAnswers } from "./answering";

describe("writeInTurns", () => {
  const conversation = withAnswers();
  let model: Model;
  let tensors: number;
  before(async () => {
    model = await Model.create({ neurons: 8 }, Vocabulary.of(["ab <&\n"]));
    tensors = tf.memory().numTensors;
  });
  afterEach(() => assert.equal(tf.memory().numTensors, tensors, "tensors are left behind"));
  after(() => model.dispose());

  const plain = () => conversation.shown.map((bundle) => bundle["text/plain"]);

  it("shows the text, what is offered and what was answered, and at the end the text", async () => {
    const text = await writeInTurns(model, { prompt: "ab", answers: ["9", "<a", "bye", "never said"] });
    assert.equal(text, "<a");
    assert.equal(conversation.shown.length, 4);
    assert.match(plain()[0], /^ab…\n1 "[^]*?" [\d.]+% · 2 "[^]*?" [\d.]+% · 3 "[^]*?" [\d.]+%\n> 9$/);
    assert.match(plain()[1], /^Expected a number from 1 to 3, got 9\.\nab…\n/);
    assert.match(plain()[2], /^ab<a…\n[^]*\n> bye$/);
    assert.equal(plain()[3], "ab<a");
    assert.match(conversation.shown[3]["text/html"], /^<div [^>]*>ab&lt;a<\/div>$/);
  });

  it("writes what writeTogether writes with the same answers", async () => {
    const given = ["1", "2", "", "undo", "3"];
    const left = [...given];
    const expected = await writeTogether(model, async () => left.shift(), { prompt: "a" });
    assert.equal(await writeInTurns(model, { prompt: "a", answers: given }), expected);
    assert.equal(conversation.shown.length, given.length + 1);
  });

  it("asks for answers until somebody says bye", async () => {
    conversation.answers = ["ab", "bye", "never asked for"];
    assert.equal(await writeInTurns(model), "ab");
    assert.deepEqual(conversation.answers, ["never asked for"]);
    assert.match(plain()[0], /^Type a number .* bye ends\.$/);
    assert.doesNotMatch(plain()[1], /\n> /);
  });

  it("ends in good order, with what there is, where nobody is there to answer", async () => {
    conversation.answers = ["ab"];
    assert.equal(await writeInTurns(model, { prompt: "b" }), "ab");
    assert.deepEqual(plain().slice(-2), ["Nobody is there to answer `> `", "bab"]);
  });

  it("offers the end of a short text as such", async () => {
    const marked = await Model.create({ neurons: 4 }, Vocabulary.of(["a"], { marked: true }));
    await writeInTurns(marked, { answers: ["1"], ahead: 1 });
    marked.dispose();
    assert.match(plain()[0], /\d the end [\d.]+%/);
    assert.ok(!plain().join("").includes("\u0003"));
  });

  it("throws at an option that makes no sense", async () => {
    await assert.rejects(writeInTurns(model, { n: 0, answers: ["1"] }), /Expected `n` to be a whole number/);
  });
});
